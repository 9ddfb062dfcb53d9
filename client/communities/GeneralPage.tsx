import { createSignal } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { createForm } from "#client/ui/create-form.ts";
import { Field, TextArea } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Saved } from "#client/ui/Saved.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { MirroredCommunity } from "#shared/entries/kinds/mirror.ts";
import { limits } from "#shared/protocol/http/text.ts";

import { AccessChoice } from "./AccessChoice.tsx";
import { ArchiveCommunity } from "./ArchiveCommunity.tsx";
import { DeleteCommunity } from "./DeleteCommunity.tsx";
import { HueChoice } from "./HueChoice.tsx";
import { ManageSheet } from "./ManageSheet.tsx";

/** What a community is called, says about itself, and asks of its members. */
export const GeneralPage = () => (
  <ManageSheet needs="community.manage">
    {(community) => (
      <>
        <GeneralForm community={community} />
        <ArchiveCommunity community={community.id} />
        <DeleteCommunity community={community} />
      </>
    )}
  </ManageSheet>
);

function GeneralForm(props: { readonly community: MirroredCommunity }) {
  const api = useApi();
  const [saved, setSaved] = createSignal(false);
  const { name, description, rules, hue, access } = props.community;

  const form = createForm({
    start: { name, description, rules, hue, access },
    check: (values) => ({
      name: textMistake(values.name, limits.communityName, "A community needs a name."),
      description: textMistake(values.description, limits.description, ""),
      rules: textMistake(values.rules, limits.rules, ""),
    }),
    async send(values) {
      const answer = await api.changeCommunity({ id: props.community.id, ...values });
      setSaved(answer.ok);
      return answer.ok ? undefined : rejectionOf(answer.problem);
    },
  });

  return (
    <form
      class="stack"
      style={{ "--gap": "var(--space-5)" }}
      novalidate
      onSubmit={form.submit}
      onInput={() => setSaved(false)}
    >
      <FormProblem problem={form.problem()} />
      <Field {...form.field("name")} label="Name" autocomplete="off" />
      <TextArea
        {...form.field("description")}
        label="What it is for"
        hint="Two sentences. They stand under Discover and on the page about it."
        rows={3}
      />
      <TextArea {...form.field("rules")} label="Rules" hint="One a line. Whoever joins accepts them." rows={5} />
      <HueChoice value={form.values.hue} onChange={(hue) => form.set("hue", hue)} />
      <AccessChoice value={form.values.access} onChange={(access) => form.set("access", access)} />
      <div class="row-of">
        <SendButton busy={form.busy()}>Save</SendButton>
        <Saved when={saved()}>Saved. Members see it at once.</Saved>
      </div>
    </form>
  );
}
