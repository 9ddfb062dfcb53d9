import type { DeskCase } from "#shared/entries/desk.ts";
import type { Ground } from "#shared/entries/kinds/report.ts";
import type { ChannelId, MemberId } from "#shared/ids.ts";

export const views = ["open", "mine", "claimed", "appeals", "closed"] as const;
export type QueueView = (typeof views)[number];

export interface Filter {
  readonly view: QueueView;
  readonly ground: Ground | "";
  readonly channel: ChannelId | "";
}

/** The channel whose message a case is about. */
export const channelOf = ({ case: key }: Pick<DeskCase, "case">): ChannelId | undefined => {
  const [, channel, author, id] = key.split("/");
  return author !== undefined && id !== undefined ? (channel as ChannelId) : undefined;
};

export const isAppeal = ({ case: key }: Pick<DeskCase, "case">): boolean => key.startsWith("appeal/");

const inView: Readonly<Record<QueueView, (one: DeskCase, me: MemberId) => boolean>> = {
  open: ({ open }) => open,
  mine: ({ open, holders }, me) => open && holders.some(({ by }) => by === me),
  claimed: ({ open, holders }) => open && holders.length > 0,
  appeals: (one) => one.open && isAppeal(one),
  closed: ({ open }) => !open,
};

/** What a moderator wants to see, in the order of the desk. */
export const filtered = (
  cases: readonly DeskCase[],
  { view, ground, channel }: Filter,
  me: MemberId,
  placeOf: (one: DeskCase) => ChannelId | undefined,
) =>
  cases.filter(
    (one) =>
      inView[view](one, me) &&
      (ground === "" || one.grounds.includes(ground)) &&
      (channel === "" || placeOf(one) === channel),
  );
