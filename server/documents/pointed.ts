import type { DocumentRef } from "#shared/documents/names.ts";
import { kindOf, parseEntry } from "#shared/entries/kinds.ts";
import type { Reported } from "#shared/entries/kinds/report.ts";
import type { MemberId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Keys } from "#server/gate/entry-key.ts";

import type { KeyQuestion } from "./keys.ts";
import type { Appearance } from "./found-standings.ts";
import type { StandingOf } from "./standing.ts";
import type { Frame, Post, Task } from "./task.ts";

/** What must be asked to know whether a sender may read what their entries point at, in other documents than this one. */
export function pointedAt(task: Task): {
  readonly questions: readonly KeyQuestion[];
  readonly appearances: readonly Appearance[];
} {
  if (task.kind !== "frame" && task.kind !== "post") return nothing;
  const targets = valuesOf(task)
    .map(parseEntry)
    .flatMap((entry) => (entry && kindOf(entry).points?.(entry)) ?? []);

  return {
    questions: targets.flatMap((target) =>
      target.of === "message" ? [{ channel: target.channel, refs: [target], states: [] }] : [],
    ),
    appearances: targets.flatMap((target) => appearancesAt(task.sender, target)),
  };
}

const nothing = { questions: [], appearances: [] };

/** Only at home does one point at anything. */
function valuesOf(task: Frame | Post): readonly unknown[] {
  if (task.kind === "post") return task.place.kind === "user" ? [task.entry] : [];
  return task.live.ref.kind === "user" ? task.update.items.flatMap(({ values }) => values ?? []) : [];
}

/** "No such thing" and "not yours" are one answer. */
export const reaching =
  (sender: MemberId, standingOf: StandingOf, keys: ReadonlyMap<string, Keys>) =>
  (target: Reported): boolean => {
    const standings = appearancesAt(sender, target).map(standingOf);
    if (target.of === "person") return standings.every(({ actor }) => actor.role !== undefined);
    const mayRead = standings.some(({ actor, target: place }) => can(actor, "document.read", place));
    return mayRead && (target.of === "page" || isSaid(target, keys));
  };

function isSaid(
  { channel, author, id }: Reported & { readonly of: "message" },
  keys: ReadonlyMap<string, Keys>,
): boolean {
  const key = keys.get(channel)?.find(author, id);
  return key?.kind === "message" && key.state === "present";
}

/** A channel's id does not say whether it is a conversation. */
function appearancesAt(sender: MemberId, target: Reported): readonly Appearance[] {
  if (target.of === "message")
    return (["channel", "dm"] as const).map((kind) => ({
      person: sender,
      place: { kind, id: target.channel, segment: 1 } satisfies DocumentRef,
    }));
  if (target.of === "page") return [{ person: sender, place: { kind: "page", id: target.page, segment: 1 } }];
  const place = { kind: "community", id: target.community, segment: 1 } as const;
  return [
    { person: sender, place },
    { person: target.person, place },
  ];
}
