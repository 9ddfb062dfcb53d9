import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { findPeople } from "#client/api/find-people.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { CONVERSATIONS, conversationPath } from "#client/paths.ts";
import { arrived } from "#client/sync/arrived.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { createForm } from "#client/ui/create-form.ts";
import type { Person } from "#client/ui/create-picker.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { PeoplePicker } from "#client/ui/PeoplePicker.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import { createTitle } from "#client/ui/title.ts";
import type { MemberId } from "#shared/ids.ts";
import { limits } from "#shared/protocol/http/text.ts";

/** With one person it is the conversation that one already has with them, with several a new group. */
export function NewConversationPage() {
  const api = useApi();
  const local = useLocal();
  const navigate = useNavigate();

  createTitle(() => "A new conversation");

  const form = createForm<{ readonly people: readonly Person[]; readonly name: string }>({
    start: { people: [], name: "" },
    check: ({ people, name }) => ({
      people: people.length === 0 ? "Choose somebody to talk with." : undefined,
      name: textMistake(name, { ...limits.channelName, min: 0 }, ""),
    }),
    async send({ people, name }) {
      const isGroup = people.length > 1;
      const answer = await api.startConversation({
        kind: isGroup ? "group" : "direct",
        people: people.map(({ id }) => id as MemberId),
        ...(isGroup && name.trim() !== "" && { name }),
      });
      if (!answer.ok) return rejectionOf(answer.problem);
      await arrived(() => local.channel(answer.value.id) !== undefined);
      return navigate(conversationPath(answer.value.id), { replace: true });
    },
  });
  const isGroup = () => form.values.people.length > 1;

  return (
    <main class="sheet">
      <Bar back={CONVERSATIONS} backLabel="Back to the conversations" title="A new conversation" />
      <div class="scroll">
        <form class="column stack" style={{ "--gap": "var(--space-5)" }} novalidate onSubmit={form.submit}>
          <FormProblem problem={form.problem()} />
          <PeoplePicker
            label="With whom"
            hint="People you share a community with. One, or several for a group."
            error={form.error("people")}
            chosen={form.values.people}
            onChange={(people) => form.set("people", people)}
            find={findPeople(api)}
            autofocus
          />
          <Show when={isGroup()}>
            <Field
              {...form.field("name")}
              label="Name of the group"
              hint="Without one it is called by the names of those in it."
              autocomplete="off"
            />
          </Show>
          <SendButton busy={form.busy()}>{isGroup() ? "Begin the group" : "Begin"}</SendButton>
        </form>
      </div>
    </main>
  );
}
