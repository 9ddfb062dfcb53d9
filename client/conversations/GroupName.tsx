import { createSignal } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { createForm } from "#client/ui/create-form.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Saved } from "#client/ui/Saved.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { MirroredConversation } from "#shared/entries/kinds/mirror.ts";
import { limits } from "#shared/protocol/http/text.ts";

export function GroupName(props: { readonly group: MirroredConversation }) {
  const api = useApi();
  const [saved, setSaved] = createSignal(false);

  const form = createForm({
    start: { name: props.group.name },
    check: ({ name }) => ({ name: textMistake(name, { ...limits.channelName, min: 0 }, "") }),
    async send({ name }) {
      const answer = await api.nameConversation({ id: props.group.id, name });
      setSaved(answer.ok);
      return answer.ok ? undefined : rejectionOf(answer.problem);
    },
  });

  return (
    <form class="stack" novalidate onSubmit={form.submit} onInput={() => setSaved(false)}>
      <FormProblem problem={form.problem()} />
      <Field
        {...form.field("name")}
        label="Name of the group"
        hint="Without one it is called by the names of those in it."
        autocomplete="off"
      />
      <div class="row-of">
        <SendButton busy={form.busy()}>Save the name</SendButton>
        <Saved when={saved()}>Everybody in it sees it now.</Saved>
      </div>
    </form>
  );
}
