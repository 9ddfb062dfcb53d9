import { createResource, createSignal, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { Choices } from "#client/ui/Choices.tsx";
import { createForm } from "#client/ui/create-form.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Saved } from "#client/ui/Saved.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { Settings } from "#shared/protocol/http/admin/installation.ts";

import { AdminSheet } from "./AdminSheet.tsx";

/** What holds for the whole place. */
export function SettingsPage() {
  const api = useLaterApi();
  const act = createAct();
  const [settings] = createResource(() => act.run(() => api.settings()));
  const known = () => {
    const answer = settings.latest;
    return answer?.ok === true ? answer.value : undefined;
  };

  return (
    <AdminSheet title="Settings" topic="of this installation">
      <div class="column">
        <FormProblem problem={act.problem()} />
        <Show when={known()} keyed>
          {(now) => <SettingsForm settings={now} />}
        </Show>
      </div>
    </AdminSheet>
  );
}

const isDays = (text: string): boolean => /^\d{1,2}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 90;

function SettingsForm(props: { readonly settings: Settings }) {
  const api = useLaterApi();
  const [saved, setSaved] = createSignal(false);
  const { name, signUp, founding, deletionDays } = props.settings;
  const form = createForm({
    start: { name, signUp, founding, deletionDays: String(deletionDays) },
    check: (values) => ({
      name: values.name.trim() === "" ? "It needs a name." : undefined,
      deletionDays: isDays(values.deletionDays) ? undefined : "A whole number from 1 to 90.",
    }),
    async send(values) {
      const answer = await api.changeSettings({ ...values, deletionDays: Number(values.deletionDays) });
      setSaved(answer.ok);
      return answer.ok ? undefined : rejectionOf(answer.problem);
    },
  });

  return (
    <form
      class="stack"
      style={{ "--gap": "var(--space-6)" }}
      novalidate
      onSubmit={form.submit}
      onInput={() => setSaved(false)}
    >
      <FormProblem problem={form.problem()} />
      <Field
        {...form.field("name")}
        label="What this place is called"
        hint="On the page on which people sign in, and here."
        autocomplete="off"
        maxlength={40}
      />
      <Choices<Settings["signUp"]>
        label="Who may make an account?"
        value={form.values.signUp}
        onChange={(value) => form.set("signUp", value)}
        options={[
          { value: "open", label: "Everybody", note: "Whoever opens the page" },
          { value: "invitation", label: "Those who are invited", note: "With a link into a community" },
          { value: "closed", label: "Nobody by themselves", note: "Admins make accounts, under People" },
        ]}
      />
      <Choices<Settings["founding"]>
        label="Who may found a community?"
        value={form.values.founding}
        onChange={(value) => form.set("founding", value)}
        options={[
          { value: "everybody", label: "Everybody with an account" },
          { value: "admins", label: "Admins of this place", note: "They can hand it over then" },
        ]}
      />
      <Field
        {...form.field("deletionDays")}
        label="Days until a community is deleted"
        hint="So long it can still be kept after somebody has deleted it."
        inputmode="numeric"
        autocomplete="off"
      />
      <div class="row-of">
        <SendButton busy={form.busy()}>Save</SendButton>
        <Saved when={saved()}>Saved. It holds everywhere from now on.</Saved>
      </div>
    </form>
  );
}
