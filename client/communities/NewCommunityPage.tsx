import { useNavigate } from "@solidjs/router";
import { createMemo, createResource } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { communityPath } from "#client/paths.ts";
import { arrived } from "#client/sync/arrived.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Ring } from "#client/ui/Ring.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import { createTitle } from "#client/ui/title.ts";

import { AccessChoice } from "./AccessChoice.tsx";
import { createFounding } from "./create-founding.ts";
import { HueChoice } from "./HueChoice.tsx";
import { Likeness } from "./Likeness.tsx";

const ONLY_ADMINS = {
  text: "Only those who run this place found communities here. Ask one of them; they can hand it to you.",
  calm: true,
};

/** Founding a community: two sentences on one side, what becomes of them on the other. */
export function NewCommunityPage() {
  const local = useLocal();
  const navigate = useNavigate();
  const api = useApi();
  const form = createFounding(api, async (community) => {
    await arrived(() => local.channelsOf(community).length > 0);
    navigate(communityPath(community), { replace: true });
  });
  // Those that one has may come after the page; the one that is being founded is not among them.
  const isFirst = createMemo((was: boolean) => (form.busy() ? was : local.communities().length === 0), true);

  const [installation] = createResource(() => api.installation());
  // Until it is known the form stands: the server has the last word.
  const mayFound = () => {
    const known = installation.latest;
    return known?.ok !== true || known.value.mayFound;
  };

  createTitle(() => "A new community");

  return (
    <main class="begin" data-community style={{ "--community-hue": form.values.hue }}>
      <form class="stack" style={{ "--gap": "var(--space-5)" }} novalidate onSubmit={form.submit}>
        <Ring size={44} taken={isFirst() ? 5 : 1} />
        <div>
          <h1 class="head">{isFirst() ? "Your first community" : "A new community"}</h1>
          <p class="muted">
            {isFirst()
              ? "All of it can be changed later, except that it was first."
              : "All of it can be changed later."}
          </p>
        </div>
        <FormProblem problem={form.problem() ?? (mayFound() ? undefined : ONLY_ADMINS)} />
        <Field {...form.field("name")} label="Name" autocomplete="off" autofocus />
        <HueChoice value={form.values.hue} onChange={(hue) => form.set("hue", hue)} />
        <Field
          {...form.field("channel")}
          label="First channel"
          hint="For everything, until it is too much for one place."
          autocomplete="off"
        />
        <AccessChoice value={form.values.access} onChange={(access) => form.set("access", access)} />
        <div class="row-of">
          <SendButton busy={form.busy()}>Create the community</SendButton>
          <Button kind="plain" onClick={() => navigate(-1)}>
            Back
          </Button>
        </div>
      </form>
      <Likeness name={form.values.name} hue={form.values.hue} channel={form.values.channel} />
    </main>
  );
}
