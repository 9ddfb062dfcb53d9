import { createSignal, Show } from "solid-js";

import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { CopyField } from "#client/ui/CopyField.tsx";
import { createForm } from "#client/ui/create-form.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Select } from "#client/ui/Select.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { CommunityId } from "#shared/ids.ts";

const places = { "1": "one person", "10": "ten people", "100": "a hundred people", "": "any number" } as const;
const ends = { "24": "for a day", "168": "for a week", "720": "for a month", "": "without an end" } as const;
const ranks = { member: "as members", guest: "as guests, who only read" } as const;

interface Values {
  readonly uses: keyof typeof places;
  readonly hours: keyof typeof ends;
  readonly role: keyof typeof ranks;
}

const optionsOf = <Value extends string>(labels: Readonly<Record<Value, string>>) =>
  (Object.entries(labels) as [Value, string][]).map(([value, label]) => ({ value, label }));

/** Makes a link to send round. It is shown once: the server keeps only what it needs to know it again. */
export function NewInvitation(props: { readonly community: CommunityId; readonly onMade: () => void }) {
  const api = useApi();
  const [link, setLink] = createSignal<string>();

  const form = createForm<Values>({
    start: { uses: "10", hours: "168", role: "member" },
    async send({ uses, hours, role }) {
      const answer = await api.invite({
        id: props.community,
        role,
        ...(uses !== "" && { uses: Number(uses) }),
        ...(hours !== "" && { hours: Number(hours) }),
      });
      if (!answer.ok) return rejectionOf(answer.problem);
      setLink(answer.value.url);
      return props.onMade();
    },
  });

  return (
    <section class="stack">
      <div>
        <h2 class="title">A link to send round</h2>
        <p class="muted">Whoever opens it comes in, also without an account yet.</p>
      </div>
      <form class="stack" novalidate onSubmit={form.submit}>
        <FormProblem problem={form.problem()} />
        <div class="side-by-side">
          <Select
            label="Lets in"
            value={form.values.uses}
            options={optionsOf(places)}
            onChange={(uses) => form.set("uses", uses)}
          />
          <Select
            label="How long"
            value={form.values.hours}
            options={optionsOf(ends)}
            onChange={(hours) => form.set("hours", hours)}
          />
          <Select
            label="As what"
            value={form.values.role}
            options={optionsOf(ranks)}
            onChange={(role) => form.set("role", role)}
          />
        </div>
        <SendButton busy={form.busy()}>Make a link</SendButton>
      </form>
      <Show when={link()}>
        {(url) => (
          <CopyField
            label="The link"
            value={url()}
            hint="Copy it now: it is not shown again. A lost one is revoked below, and a new one made."
          />
        )}
      </Show>
    </section>
  );
}
