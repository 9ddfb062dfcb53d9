import { useNavigate } from "@solidjs/router";
import { Show } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { findPeople } from "#client/api/find-people.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { channelPath, manageChannelsPath } from "#client/paths.ts";
import { arrived } from "#client/sync/arrived.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { LinkButton } from "#client/ui/Button.tsx";
import { Checkbox, Choices } from "#client/ui/Choices.tsx";
import { createForm } from "#client/ui/create-form.ts";
import type { Person } from "#client/ui/create-picker.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { PeoplePicker } from "#client/ui/PeoplePicker.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Channel } from "#shared/protocol/http/channels.ts";
import { limits } from "#shared/protocol/http/text.ts";

import { ManageSheet } from "./ManageSheet.tsx";

interface Values {
  readonly name: string;
  readonly topic: string;
  readonly kind: Channel["kind"];
  readonly private: boolean;
  readonly people: readonly Person[];
}

export const NewChannelPage = () => (
  <ManageSheet needs="channel.create">{(community) => <NewChannelForm community={community.id} />}</ManageSheet>
);

function NewChannelForm(props: { readonly community: CommunityId }) {
  const api = useApi();
  const local = useLocal();
  const navigate = useNavigate();

  const form = createForm<Values>({
    start: { name: "", topic: "", kind: "chat", private: false, people: [] },
    check: ({ name, topic }) => ({
      name: textMistake(name, limits.channelName, "What is it called?"),
      topic: textMistake(topic, limits.topic, ""),
    }),
    async send(values) {
      const people = values.private ? values.people.map(({ id }) => id as MemberId) : [];
      const answer = await api.createChannel({ ...values, id: props.community, people });
      if (!answer.ok) return rejectionOf(answer.problem, { "name-taken": "name" });
      await arrived(() => local.channel(answer.value.id) !== undefined);
      return navigate(channelPath(props.community, answer.value.id));
    },
  });

  return (
    <form class="stack" style={{ "--gap": "var(--space-5)" }} novalidate onSubmit={form.submit}>
      <h2 class="title">A new channel</h2>
      <FormProblem problem={form.problem()} />
      <Field
        {...form.field("name")}
        label="Name"
        hint="Plain words. Others find it by them."
        autocomplete="off"
        autofocus
      />
      <Field
        {...form.field("topic")}
        label="Topic"
        hint="A line beside the name: what belongs here."
        autocomplete="off"
      />
      <Choices<Channel["kind"]>
        label="Who speaks?"
        value={form.values.kind}
        onChange={(kind) => form.set("kind", kind)}
        options={[
          { value: "chat", label: "Everybody in it", note: "A chat" },
          { value: "broadcast", label: "Moderators and admins", note: "Announcements: everybody reads and reacts" },
        ]}
      />
      <Checkbox
        label="Private"
        note="Only those who are let in see that it exists."
        checked={form.values.private}
        onChange={(value) => form.set("private", value)}
      />
      <Show when={form.values.private}>
        <PeoplePicker
          label="Let in"
          hint="You are in it. Others can be let in later, too."
          chosen={form.values.people}
          onChange={(people) => form.set("people", people)}
          find={findPeople(api)}
        />
      </Show>
      <div class="row-of">
        <SendButton busy={form.busy()}>Create the channel</SendButton>
        <LinkButton kind="plain" href={manageChannelsPath(props.community)}>
          Back
        </LinkButton>
      </div>
    </form>
  );
}
