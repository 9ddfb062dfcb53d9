import { useParams } from "@solidjs/router";
import { createMemo, createSignal, Show } from "solid-js";

import { textMistake } from "#client/api/check-text.ts";
import { createAct } from "#client/api/create-act.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { createForm } from "#client/ui/create-form.ts";
import { Field } from "#client/ui/Field.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Saved } from "#client/ui/Saved.tsx";
import { SendButton } from "#client/ui/SendButton.tsx";
import type { MirroredChannel } from "#shared/entries/kinds/mirror.ts";
import type { ChannelId } from "#shared/ids.ts";
import { limits } from "#shared/protocol/http/text.ts";

import { ChannelPeople } from "./ChannelPeople.tsx";
import { ManageSheet } from "./ManageSheet.tsx";

/** One channel: its name and topic, who is in it, and its end. */
export function ChannelPage() {
  const local = useLocal();
  const params = useParams<{ channel: ChannelId }>();
  const channel = (): MirroredChannel | undefined => {
    const known = local.channel(params.channel);
    return known?.of === "channel" ? known : undefined;
  };

  const opened = createMemo(channel, undefined, { equals: (one, other) => one?.id === other?.id });

  return (
    <ManageSheet needs="community.invite">
      {() => (
        <>
          <Show
            when={opened()}
            keyed
            fallback={<p class="muted">This channel is not on this device, or it is not yours to change.</p>}
          >
            {(found) => (
              <Show when={local.may("channel.manage", found.id)}>
                <ChannelForm channel={found} />
              </Show>
            )}
          </Show>
          <Show when={channel()}>
            {(found) => (
              <>
                <Show when={found().private && local.may("channel.let-in", found().id)}>
                  <ChannelPeople channel={found()} />
                </Show>
                <Show when={local.may("channel.manage", found().id)}>
                  <ArchiveChannel channel={found()} />
                </Show>
              </>
            )}
          </Show>
        </>
      )}
    </ManageSheet>
  );
}

function ChannelForm(props: { readonly channel: MirroredChannel }) {
  const api = useApi();
  const [saved, setSaved] = createSignal(false);
  const { name, topic } = props.channel;

  const form = createForm({
    start: { name, topic },
    check: (values) => ({
      name: textMistake(values.name, limits.channelName, "What is it called?"),
      topic: textMistake(values.topic, limits.topic, ""),
    }),
    async send(values) {
      const answer = await api.changeChannel({ id: props.channel.id, ...values });
      setSaved(answer.ok);
      return answer.ok ? undefined : rejectionOf(answer.problem, { "name-taken": "name" });
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
      <h2 class="title" dir="auto">
        {props.channel.name}
      </h2>
      <FormProblem problem={form.problem()} />
      <Field {...form.field("name")} label="Name" autocomplete="off" />
      <Field
        {...form.field("topic")}
        label="Topic"
        hint="A line beside the name: what belongs here."
        autocomplete="off"
      />
      <div class="row-of">
        <SendButton busy={form.busy()}>Save</SendButton>
        <Saved when={saved()}>Saved.</Saved>
      </div>
    </form>
  );
}

function ArchiveChannel(props: { readonly channel: MirroredChannel }) {
  const api = useApi();
  const act = createAct();
  const turn = () => act.run(() => api.changeChannel({ id: props.channel.id, archived: !props.channel.archived }));

  return (
    <section class="stack">
      <div>
        <h2 class="title">{props.channel.archived ? "It is archived" : "Archive it"}</h2>
        <p class="muted">Everything stays readable and can be found, and nothing is added. It can be opened again.</p>
      </div>
      <FormProblem problem={act.problem()} />
      <Button kind={props.channel.archived ? undefined : "danger"} aria-busy={act.busy()} onClick={() => void turn()}>
        {props.channel.archived ? "Open it again" : "Archive the channel"}
      </Button>
    </section>
  );
}
