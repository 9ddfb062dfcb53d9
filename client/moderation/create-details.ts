import { createEffect, createSignal, on, type Accessor } from "solid-js";
import * as z from "zod/mini";

import type { LaterApi } from "#client/api/use-later-api.ts";
import type { Local } from "#client/sync/local.ts";
import { deskOf, PLATFORM, type CommunityId } from "#shared/ids.ts";
import { moderationCase, type DeskName, type ModerationCase } from "#shared/protocol/http/moderation.ts";

import type { Desk } from "./create-desk.ts";

export interface Details {
  /** What was written and by whom, as last heard from the server; kept for when there is no network. */
  readonly of: (key: string) => ModerationCase | undefined;
  readonly all: () => readonly ModerationCase[];
  readonly reload: () => Promise<void>;
}

const PAGES = 4;
const many = z.array(moderationCase);

export const deskName = (community: CommunityId): DeskName => (community === PLATFORM ? "platform" : community);

/** Asks whenever the desk says that something has changed. */
export function createDetails(
  local: Local,
  api: Pick<LaterApi, "cases">,
  community: CommunityId,
  desk: Desk,
  isClosed: Accessor<boolean>,
): Details {
  const channel = deskOf(community);
  const [found, setFound] = createSignal<ReadonlyMap<string, ModerationCase>>(new Map());

  const take = (cases: readonly ModerationCase[]): void =>
    void setFound((was) => new Map([...was, ...cases.map((one) => [one.case, one] as const)]));

  /** What is not among the open ones any more is open no more. */
  function close(open: readonly ModerationCase[]): void {
    const keys = new Set(open.map((one) => one.case));
    setFound(
      (was) => new Map([...was].map(([key, one]) => [key, keys.has(key) || !one.open ? one : { ...one, open: false }])),
    );
  }

  async function ask(state: "open" | "closed"): Promise<readonly ModerationCase[] | undefined> {
    const cases: ModerationCase[] = [];
    let after: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await api.cases({ desk: deskName(community), state, ...(after !== undefined && { after }) });
      if (!answer.ok) return undefined;
      cases.push(...answer.value.cases);
      after = answer.value.next;
      if (after === undefined) break;
    }
    return cases;
  }

  async function reload(): Promise<void> {
    const open = await ask("open");
    if (open === undefined) return;
    close(open);
    take(open);
    await local.kept.write(channel, open).catch(() => undefined);
    if (isClosed()) take((await ask("closed")) ?? []);
  }

  void local.kept.read(channel).then((value) => {
    const kept = many.safeParse(value);
    if (kept.success) setFound((was) => new Map([...kept.data.map((one) => [one.case, one] as const), ...was]));
  });
  createEffect(
    on(
      [() => desk.cases().map(signature).join(), () => local.connection().state, isClosed],
      ([, state]) => void (state === "online" && reload()),
    ),
  );

  return { of: (key) => found().get(key), all: () => [...found().values()], reload };
}

const signature = ({ case: key, last, open, reports, outcome }: ReturnType<Desk["cases"]>[number]): string =>
  [key, last, open, reports, outcome].join(" ");
