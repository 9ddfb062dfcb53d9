import { ulid } from "ulid";

import { SYS, type Author, type DocumentRef } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import { late as lateKind } from "#shared/entries/kinds/server.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { createView } from "#server/gate/document-view.ts";
import { accept, noEffects } from "#server/gate/effects.ts";
import type { Keys } from "#server/gate/entry-key.ts";
import { erasing } from "#server/gate/erasing.ts";
import { judge, type Demand } from "#server/gate/judge.ts";
import { judgeEntry, type Standing } from "#server/gate/judge-entry.ts";
import type { Item, Range } from "#server/gate/update.ts";
import { refuse } from "#server/gate/verdict.ts";
import { writeUpdate } from "#server/gate/write-update.ts";

import type { Allowances } from "./allowances.ts";
import type { KeyChange } from "./keys.ts";
import type { Live } from "./live.ts";
import type { Pens } from "./pens.ts";
import type { StandingOf } from "./standing.ts";
import type { Erasure, Frame, JournalRow, Outcome, Post, Task, Write } from "./task.ts";

/** What a batch is about to add to one document, while its row is locked. */
export interface Draft {
  readonly rows: readonly JournalRow[];
  readonly keyChanges: readonly KeyChange[];
  /** Documents that hold something erased. */
  readonly eraseDue: ReadonlySet<string>;
  /** Who has said something where one must pause. */
  readonly spoken: readonly Spoken[];
  /** What does not belong into a document of this kind finds no such document. */
  take(task: Task, standingOf: StandingOf): Outcome;
}

export interface Spoken {
  readonly channel: string;
  readonly person: MemberId;
  readonly received: number;
}

export interface DraftInput {
  readonly name: string;
  readonly channel: string;
  readonly version: number;
  readonly closed: number | undefined;
  readonly live: Live | undefined;
  readonly keys: Keys;
  readonly pens: Pens;
  readonly digest: (value: unknown) => string;
  readonly allowances: Allowances;
  readonly now: number;
}

interface Owned {
  readonly item: Item;
  readonly owner: Author;
}

/** Entries that one notice of late ones names: a few hundred make it larger than an entry may be. */
const LATE_REFS = 100;

export function createDraft(input: DraftInput): Draft {
  const { name, channel, live, now, digest, pens } = input;
  const view = live && createView(live.doc, live.bindings, live.pens);
  const known = new Map(live?.bindings);
  const rows: JournalRow[] = [];
  const keyChanges: KeyChange[] = [];
  const eraseDue = new Set<string>();
  const spoken = new Map<MemberId, number>();

  const committed = (entries: readonly Ref[]): Outcome => ({
    kind: "committed",
    version: input.version + rows.length,
    received: now,
    entries,
  });

  /** A row of the journal with what it binds; the keys that came in with it bear its version. */
  function addRow(
    author: MemberId | null,
    parts: readonly Owned[],
    deletes: readonly Range[],
    keys: Keys | undefined,
    penned: boolean,
  ): void {
    const bound = new Map(
      parts.filter(({ item }) => !known.has(item.client)).map(({ item, owner }) => [item.client, owner]),
    );
    const version = input.version + rows.length + 1;
    bound.forEach((owner, client) => known.set(client, owner));
    rows.push({
      document: name,
      version,
      update: writeUpdate({ items: parts.map(({ item }) => item), deletes }),
      author,
      received: now,
      penned,
      entries: parts.reduce((sum, { item }) => sum + item.length, 0),
      bound: [...bound],
    });
    keyChanges.push(...(keys?.changes() ?? []).map((key) => ({ channel, key, version, received: now })));
    keys?.adopt();
  }

  /** Readers are told of what stands above what they have read; in notices that are no larger than an entry may be. */
  function noticeOf(late: readonly Ref[], place: DocumentRef): readonly Owned[] {
    if (late.length === 0 || !lateKind.in.includes(place.kind)) return [];
    const parts = Array.from({ length: Math.ceil(late.length / LATE_REFS) }, (_, part) =>
      late.slice(part * LATE_REFS, (part + 1) * LATE_REFS),
    );
    const entries = parts.map((of) => ({ id: ulid(now) as EntryId, at: now, kind: "late", of, received: now }));
    return [{ owner: SYS, item: pens.compose(name, SYS, entries) }];
  }

  const closed = (head: number): Outcome => ({ ...refuse("segment-closed", `goes on in ${head}`), head });

  /** Stores what is not known yet, under pens of the server. */
  function store(entries: Write["entries"], author: MemberId | null): void {
    const effects = noEffects(input.keys.fork());
    const parts: Owned[] = [];
    for (const { author: owner, entry } of entries) {
      if (effects.keys.find(owner, entry.id) !== undefined) continue;
      const item = pens.compose(name, owner, [entry]);
      accept(effects, { document: name, author: owner, entry, digest: digest(entry), position: item });
      parts.push({ item, owner });
    }
    if (parts.length === 0) return;

    const { items, deletes } = erasing(
      parts.map(({ item }) => item),
      effects.erased,
    );
    const owners = new Map(parts.map(({ item, owner }) => [item.client, owner]));
    const kept = items.map((item) => ({ item, owner: owners.get(item.client) ?? SYS }));
    kept.forEach(({ item, owner }) => view?.admit([item], [], owner));
    view?.admit([], deletes, SYS);
    addRow(author, kept, deletes, effects.keys, true);
    effects.eraseDue.forEach((erased) => eraseDue.add(erased));
  }

  /** The same, knowing what this batch has admitted before. */
  const since = (sender: MemberId, { slow, ...standing }: Standing): Standing => {
    if (slow === undefined) return standing;
    return { ...standing, slow: { ...slow, spoke: Math.max(slow.spoke, spoken.get(sender) ?? 0) } };
  };

  function frame({ update, step2, sender, live: { ref } }: Frame, today: Standing): Outcome {
    if (view === undefined) return { kind: "no-such-document" };
    const keys = input.keys.fork();
    const document = { name, ref, closed: input.closed };
    const standing = since(sender, today);
    const waitFor = (demand: Demand): number => input.allowances.waitFor(sender, name, demand);
    const verdict = judge({ document, update, step2, sender, standing, view, keys, digest, waitFor, now });
    if (verdict.kind !== "admitted") return verdict;
    if (standing.slow !== undefined && verdict.messages > 0) spoken.set(sender, now);

    if (verdict.items.length > 0) {
      const own = verdict.items.map((item) => ({ item, owner: sender }));
      addRow(sender, [...own, ...noticeOf(verdict.late, ref)], verdict.deletes, keys, false);
    }
    verdict.eraseDue.forEach((erased) => eraseDue.add(erased));
    return committed(verdict.entries);
  }

  function post({ sender, place, entry: value }: Post, today: Standing): Outcome {
    const standing = since(sender, today);
    if (input.closed !== undefined) return closed(input.closed);
    const verdict = judgeEntry({ value, author: sender, kind: place.kind, standing, keys: input.keys, digest, now });
    const entries = verdict.id === undefined ? [] : [{ author: sender, id: verdict.id }];
    if (verdict.kind === "refused") {
      const { id: _id, ...refusal } = verdict;
      return { ...refusal, entries };
    }
    if (verdict.kind === "known") return committed(entries);
    const slow = verdict.entry.kind === "message" ? standing.slow : undefined;
    const retryAfter = slow === undefined ? 0 : slow.spoke + slow.every - now;
    if (retryAfter > 0) return { ...refuse("slow-mode", "too soon after the last message", entries), retryAfter };

    const wait = input.allowances.waitFor(sender, name, { entries: 1, late: 0, clients: 0 });
    if (wait > 0) return { ...refuse("rate", "too much at once", entries), retryAfter: wait };
    store([{ author: sender, entry: verdict.entry }], sender);
    if (slow !== undefined) spoken.set(sender, now);
    return committed(entries);
  }

  function erase({ positions }: Erasure): Outcome {
    const deletes = positions.map(({ client, clock }) => ({ client, clock, length: 1 }));
    if (deletes.length > 0) addRow(null, [], deletes, undefined, true);
    view?.admit([], deletes, SYS);
    return committed([]);
  }

  /** What is known already needs no head. */
  function write({ entries }: Write): Outcome {
    const isNew = entries.some(({ author, entry }) => input.keys.find(author, entry.id) === undefined);
    if (isNew && input.closed !== undefined) return closed(input.closed);
    store(entries, null);
    return committed([]);
  }

  return {
    rows,
    keyChanges,
    eraseDue,
    get spoken() {
      return [...spoken].map(([person, received]) => ({ channel, person, received }));
    },
    take(task, standingOf) {
      if (task.kind === "frame") return frame(task, standingOf({ person: task.sender, place: task.live.ref }));
      if (task.kind === "post") return post(task, standingOf({ person: task.sender, place: task.place }));
      if (task.kind === "erasure") return erase(task);
      if (task.kind === "page-frame") return { kind: "no-such-document" };
      return write(task);
    },
  };
}
