import { createMemo, createSignal } from "solid-js";

import type { LaterApi } from "#client/api/use-later-api.ts";
import type { Local } from "#client/sync/local.ts";
import { say } from "#client/ui/toasts.ts";
import type { DeskCase } from "#shared/entries/desk.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import { pageOfCase } from "#shared/entries/kinds/report.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";

import { createDesk } from "./create-desk.ts";
import { createDetails, deskName } from "./create-details.ts";
import { withApart } from "./apart.ts";
import { channelOf, filtered, isAppeal, type Filter } from "./filters.ts";

/** What the queue asks before it does something. */
export type Asking = "hide" | "warn" | "mute" | "kick" | "ban" | "keys";

/** What the server alone decides, and did not. */
class Undecided extends Error {}

const cannotKeep = (reason?: unknown): void =>
  say(
    reason instanceof Undecided
      ? "This needs the server, which cannot be asked now. Nothing was changed."
      : "This device could not keep that. Nothing was changed.",
  );

/** One moderator before one desk: what they look at, and what they do about it. */
export function createQueue(local: Local, api: LaterApi, community: CommunityId) {
  const desk = createDesk(local, community);
  const [filter, setFilter] = createSignal<Filter>({ view: "open", ground: "", channel: "" });
  const details = createDetails(local, api, community, desk, () => filter().view === "closed");
  const cases = createMemo(() => withApart(desk.cases(), details.all()));
  const [key, setKey] = createSignal<string>();
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  const [asking, ask] = createSignal<Asking>();
  let undoLast: (() => void) | undefined;

  const me = local.me().id;
  const pageOf = (one: DeskCase): MirroredPage | undefined => {
    const id = pageOfCase(one.case);
    return id && local.pages.find(id);
  };
  const placeOf = (one: DeskCase): ChannelId | undefined => channelOf(one) ?? pageOf(one)?.channel;
  const shown = createMemo(() => filtered(cases(), filter(), me, placeOf));
  // A case that was just decided leaves the list; what was below it comes up.
  const at = createMemo<number>((before) => {
    const index = shown().findIndex((one) => one.case === key());
    return index >= 0 ? index : Math.min(before, Math.max(0, shown().length - 1));
  }, 0);
  const current = (): DeskCase | undefined => shown()[at()];
  const marked = (): readonly DeskCase[] => shown().filter((one) => chosen().has(one.case));
  /** What an act is about: all that are marked, or the one that is looked at. */
  const meant = (): readonly DeskCase[] => {
    const now = current();
    return marked().length > 0 ? marked() : now === undefined ? [] : [now];
  };

  function undoable(text: string, undo: () => Promise<unknown>): void {
    undoLast = () => {
      undoLast = undefined;
      void undo().then(() => say("Undone."), cannotKeep);
    };
    say(text, { label: "Undo", do: () => undoLast?.() });
  }

  async function decideAll(cases: readonly DeskCase[], outcome: "dismissed" | "hidden" | "reopened"): Promise<void> {
    setChosen(new Set<string>());
    for (const one of cases) await (one.apart === true ? decideApart(one, outcome) : desk.decide(one, outcome));
  }

  /** Hiding settles it by itself. */
  async function decideApart(one: DeskCase, outcome: "dismissed" | "hidden" | "reopened"): Promise<void> {
    if (outcome === "hidden") return;
    const decided = await api.decideCase({ desk: deskName(community), case: one.case, outcome, until: one.last });
    if (!decided.ok) throw new Undecided(decided.problem.kind);
    await details.reload();
  }

  return {
    cases,
    details,
    filter,
    setFilter: (change: Partial<Filter>) => setFilter((was) => ({ ...was, ...change })),
    shown,
    current,
    /** Whether somebody has opened a case: on a narrow screen it takes the list's place. */
    isOpened: () => key() !== undefined && current() !== undefined,
    open: setKey,
    step(by: 1 | -1): void {
      setKey(shown()[Math.min(Math.max(0, at() + by), shown().length - 1)]?.case);
    },
    marked,
    isMarked: (one: DeskCase) => chosen().has(one.case),
    mark(one: DeskCase): void {
      setChosen((was) => {
        const next = new Set(was);
        if (!next.delete(one.case)) next.add(one.case);
        return next;
      });
    },
    asking,
    ask,
    meant,
    isMine: (one: DeskCase) => one.holders.some(({ by }) => by === me),
    targetOf,
    /** The page that it is about, where this person may read it. */
    pageOf,
    /** The channel that it comes from; a profile and most appeals come from none. */
    placeOf,
    canHide: (one: DeskCase) => {
      const channel = channelOf(one);
      return channel !== undefined && !isAppeal(one) && local.may("message.hide", channel);
    },

    claim(): void {
      const cases = meant().filter(({ apart }) => apart !== true);
      const on = !cases.every((one) => one.holders.some(({ by }) => by === me));
      for (const one of cases) void desk.claim(one, on).catch(cannotKeep);
    },
    async dismiss(): Promise<void> {
      const cases = meant().filter(({ open }) => open);
      if (cases.length === 0) return;
      await decideAll(cases, "dismissed").then(
        () =>
          undoable(cases.length === 1 ? "Dismissed." : `${cases.length} cases dismissed.`, () =>
            decideAll(cases, "reopened"),
          ),
        cannotKeep,
      );
    },
    async reopen(): Promise<void> {
      await decideAll(meant(), "reopened").catch(cannotKeep);
    },
    /** Hides what the cases are about, which settles them. */
    async hide(cases: readonly DeskCase[], reason: string): Promise<void> {
      const targets = cases.flatMap((one) => targetOf(one) ?? []);
      try {
        for (const { channel, of } of targets) await local.hide(channel, of, reason);
        await decideAll(cases, "hidden");
      } catch (error) {
        return cannotKeep(error);
      }
      undoable(
        cases.length === 1 ? "Message hidden. Everybody can read why." : `${cases.length} messages hidden.`,
        async () => {
          for (const { channel, of } of targets) await local.restore(channel, of);
          await decideAll(cases, "reopened");
        },
      );
    },
    async restore(one: DeskCase): Promise<void> {
      const target = targetOf(one);
      if (target !== undefined)
        await local.restore(target.channel, target.of).then(() => say("Everybody sees the message again."), cannotKeep);
    },
    undo: () => undoLast?.(),
    async remark(one: DeskCase, body: string): Promise<void> {
      await desk.remark(one, body).catch(cannotKeep);
    },
  };
}

export type Queue = ReturnType<typeof createQueue>;

/** The message that a case is about, where it is one. */
function targetOf(one: DeskCase): { readonly channel: ChannelId; readonly of: Ref } | undefined {
  const [, channel, author, id] = one.case.split("/");
  return id === undefined || author === undefined
    ? undefined
    : { channel: channel as ChannelId, of: { author, id } as unknown as Ref };
}
