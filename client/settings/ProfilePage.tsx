import { createSignal } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { createForm } from "#client/ui/create-form.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Seat } from "#client/ui/Seat.tsx";
import { Saved } from "#client/ui/Saved.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import { limits } from "#shared/protocol/http/text.ts";

import { SettingsSheet } from "./SettingsSheet.tsx";

export function ProfilePage() {
  const api = useApi();
  const local = useLocal();
  const [saved, setSaved] = createSignal(false);

  const form = createForm({
    start: { name: local.me().name },
    check: ({ name }) => ({ name: textMistake(name, limits.personName, "Others need something to call you.") }),
    async send({ name }) {
      const answer = await api.changeMe({ name: name.trim() });
      setSaved(answer.ok);
      return answer.ok ? undefined : rejectionOf(answer.problem);
    },
  });

  return (
    <SettingsSheet title="Profile">
      <form class="stack" novalidate onSubmit={form.submit} onInput={() => setSaved(false)}>
        <div class="person gap-3">
          <Seat id={local.me().id} name={form.values.name} size={3} />
          <div class="grow">
            <b class="clip block" dir="auto">
              {form.values.name}
            </b>
            <p class="note muted">As others see you in every community, also beside what you wrote before.</p>
          </div>
        </div>
        <FormProblem problem={form.problem()} />
        <Field {...form.field("name")} label="Your name" autocomplete="nickname" />
        <div class="row-of">
          <SendButton busy={form.busy()}>Save the name</SendButton>
          <Saved when={saved()}>This is your name now.</Saved>
        </div>
      </form>
    </SettingsSheet>
  );
}
