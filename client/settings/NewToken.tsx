import { createSignal, Show } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { CopyField } from "#client/ui/CopyField.tsx";
import { createForm } from "#client/ui/create-form.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Select } from "#client/ui/Select.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import { limits } from "#shared/protocol/http/text.ts";

const DAY = 86_400_000;
const LIVES = [
  { value: "30", label: "for a month" },
  { value: "365", label: "for a year" },
  { value: "", label: "without an end" },
] as const;

interface Values {
  readonly name: string;
  readonly days: (typeof LIVES)[number]["value"];
}

/** Makes a token. It is shown once: the server keeps only what it needs to know it again. */
export function NewToken(props: { readonly onMade: () => void }) {
  const api = useApi();
  const local = useLocal();
  const [token, setToken] = createSignal<string>();

  const form = createForm<Values>({
    start: { name: "", days: "365" },
    check: ({ name }) => ({
      name: textMistake(name, limits.tokenName, "So that you know it again when you revoke it."),
    }),
    async send({ name, days }) {
      const end = days !== "" && { expiresAt: Date.now() + Number(days) * DAY };
      const answer = await api.makeToken({ name: name.trim(), ...end });
      if (!answer.ok) return rejectionOf(answer.problem);
      setToken(answer.value.token);
      form.clear();
      return props.onMade();
    },
  });

  return (
    <form class="stack max-w-read" novalidate onSubmit={form.submit}>
      <FormProblem problem={form.problem()} />
      <Field {...form.field("name")} label="What the token is for" autocomplete="off" />
      <Select label="Works" value={form.values.days} options={LIVES} onChange={(days) => form.set("days", days)} />
      <SendButton busy={form.busy()}>Make a token</SendButton>
      <Show when={token()}>
        {(made) => (
          <>
            <CopyField label="The token" value={made()} hint="Copy it now: it is not shown again." />
            <CopyField label="Your id" value={local.me().id} hint="The program needs it to know which log is yours." />
          </>
        )}
      </Show>
    </form>
  );
}
