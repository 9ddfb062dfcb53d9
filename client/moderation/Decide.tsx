import Ellipsis from "lucide-solid/icons/ellipsis";
import EyeOff from "lucide-solid/icons/eye-off";
import FileText from "lucide-solid/icons/file-text";
import { createSignal, Show, type JSX } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { pagePath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button, LinkButton } from "#client/ui/Button.tsx";
import { Menu, type MenuItem } from "#client/ui/Menu.tsx";
import { Tool } from "#client/ui/Tool.tsx";
import { say } from "#client/ui/toasts.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import { PLATFORM } from "#shared/ids.ts";

import { createLift } from "./create-lift.ts";
import type { Queue } from "./create-queue.ts";
import { channelOf, isAppeal } from "./filters.ts";

interface Props {
  readonly queue: Queue;
  readonly community: CommunityId;
}

/** What can be done about the case that is looked at, or all that are marked. */
export function Decide(props: Props): JSX.Element {
  const local = useLocal();
  const api = useLaterApi();
  const act = createAct();
  const [menuAt, setMenuAt] = createSignal<HTMLElement>();
  const one = () => props.queue.current();
  const many = () => props.queue.marked().length;
  const page = () => {
    const now = one();
    return now && props.queue.pageOf(now);
  };
  const isOpen = () => one()?.open === true;
  const details = () => props.queue.details.of(one()?.case ?? "");
  const isHidden = () => details()?.messages.some(({ id, hidden }) => hidden && one()?.case.endsWith(id)) === true;
  const canHide = () => props.queue.meant().length > 0 && props.queue.meant().every(props.queue.canHide);
  const isOffline = () => local.connection().state !== "online";
  const isOurs = () => props.community !== PLATFORM;
  const against = () => details()?.against;
  const lifting = createLift(props.community, () => void props.queue.details.reload());

  async function order(channel: ChannelId, change: { locked?: boolean; slow?: number }, done: string): Promise<void> {
    const before = local.channel(channel);
    const back = before?.of === "channel" ? { locked: before.locked ?? false, slow: before.slow ?? 0 } : {};
    const answer = await act.run(() => api.orderChannel({ id: channel, ...change }));
    if (!answer.ok) return say(act.problem()?.text ?? "That could not be done.");
    say(done, { label: "Undo", do: () => void api.orderChannel({ id: channel, ...back }) });
  }

  const items = (): readonly MenuItem[] => {
    const now = one();
    const channel = now && channelOf(now);
    const place = channel && local.channel(channel);
    const measures: readonly MenuItem[] = isOurs()
      ? [
          { label: "Mute for a while", act: () => props.queue.ask("mute") },
          { label: "Take out of the community", act: () => props.queue.ask("kick") },
          { label: "Ban", danger: true, act: () => props.queue.ask("ban") },
        ]
      : [];
    const ordering: readonly MenuItem[] =
      place?.of === "channel" && channel !== undefined && local.may("channel.order", channel)
        ? [
            place.slow === undefined
              ? {
                  label: `Slow down ${place.name}`,
                  apart: true,
                  act: () => void order(channel, { slow: 60 }, "One message a minute from each member."),
                }
              : {
                  label: `No longer slow down ${place.name}`,
                  apart: true,
                  act: () => void order(channel, { slow: 0 }, "Everybody writes as they like again."),
                },
            place.locked === true
              ? {
                  label: `Unlock ${place.name}`,
                  act: () => void order(channel, { locked: false }, "Everybody can write again."),
                }
              : {
                  label: `Lock ${place.name}`,
                  act: () => void order(channel, { locked: true }, "Only moderators write there now."),
                },
          ]
        : [];
    return [
      { label: now !== undefined && props.queue.isMine(now) ? "Let it go" : "Claim", key: "C", act: props.queue.claim },
      ...(isHidden() && now !== undefined
        ? [{ label: "Show to everybody again", act: () => void props.queue.restore(now) }]
        : []),
      ...measures.map((item, index) => (index === 0 ? { ...item, apart: true } : item)),
      ...ordering,
    ];
  };

  return (
    <div class="decide">
      <Show when={many() > 0}>
        <span class="note">{many()} marked</span>
      </Show>
      <Show
        when={one()?.open === true || many() > 0}
        fallback={<Button onClick={() => void props.queue.reopen()}>Open again</Button>}
      >
        <Show when={canHide() && !(isHidden() && many() === 0)}>
          <Button kind="first" icon={EyeOff} onClick={() => props.queue.ask("hide")}>
            Hide <kbd>H</kbd>
          </Button>
        </Show>
        <Show when={many() === 0 && page()}>
          {(known) => (
            <LinkButton kind="first" icon={FileText} href={pagePath(known().community, known().id)}>
              Open the page
            </LinkButton>
          )}
        </Show>
        <Show when={many() === 0 && against()}>
          {(measure) => (
            <Button
              kind="first"
              aria-busy={lifting.busy()}
              aria-disabled={isOffline() ? "true" : undefined}
              onClick={() => !isOffline() && void lifting.lift(measure().id)}
            >
              Lift it
            </Button>
          )}
        </Show>
        <Show when={many() === 0 && isAppealed(props.queue) && isHidden() && one()}>
          {(now) => (
            <Button kind="first" onClick={() => void props.queue.restore(now())}>
              Show it again
            </Button>
          )}
        </Show>
        <Show when={many() === 0 && !isAppealed(props.queue)}>
          <Button onClick={() => props.queue.ask("warn")}>
            Warn <kbd>W</kbd>
          </Button>
        </Show>
        <Button onClick={() => void props.queue.dismiss()}>
          Dismiss <kbd>D</kbd>
        </Button>
        <Show when={many() > 0}>
          <Button onClick={() => props.queue.claim()}>
            Claim <kbd>C</kbd>
          </Button>
        </Show>
      </Show>
      <span class="grow" />
      <Show when={many() === 0}>
        <Show when={isOpen() && isOurs() && !isAppealed(props.queue)}>
          <Button class="not-phone" onClick={() => props.queue.ask("mute")}>
            Mute
          </Button>
          <Button class="not-phone" onClick={() => props.queue.ask("ban")}>
            Ban
          </Button>
        </Show>
        <Tool label="More" icon={Ellipsis} aria-haspopup="menu" onClick={(event) => setMenuAt(event.currentTarget)} />
      </Show>
      <Show when={menuAt()}>
        {(at) => <Menu label="More" items={items()} at={at()} onClose={() => setMenuAt(undefined)} />}
      </Show>
    </div>
  );
}

const isAppealed = (queue: Queue): boolean => {
  const now = queue.current();
  return now !== undefined && isAppeal(now);
};
