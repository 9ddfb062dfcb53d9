import { applyUpdate, ContentAny, ContentDeleted, Doc, type Item as YItem } from "yjs";

import { authorOfLog, logName, parseDocumentName, type Author, type DocumentRef } from "#shared/documents/names.ts";
import { canonical } from "#shared/entries/value.ts";
import type { MemberId } from "#shared/ids.ts";
import { createView, DELETED, type DocumentView } from "#server/gate/document-view.ts";
import { createKeys, type EntryKey, type Keys } from "#server/gate/entry-key.ts";
import { judge } from "#server/gate/judge.ts";
import type { Standing } from "#server/gate/judge-entry.ts";
import { readUpdate, STEP_2, UNBOUNDED } from "#server/gate/read-update.ts";
import type { Item, Update } from "#server/gate/update.ts";
import { writeUpdate } from "#server/gate/write-update.ts";

/** What arrives: somebody's bytes, or the commit of all that has arrived since the last one. */
export type Step = { readonly sender: MemberId; readonly bytes: Uint8Array; readonly step2: boolean } | "commit";

/** The gate over one document without a database. It throws as soon as something is not as it must be. */
export interface Arena {
  readonly people: readonly MemberId[];
  /** Clock, owner and values as the next frame's judge will see them. */
  readonly view: DocumentView;
  readonly clients: ReadonlySet<number>;
  /** Answers the verdict: a refusal's code, or what else became of it. */
  take(step: Step): string;
}

export const NOW = 1_790_000_000_000;

const member = (index: number): MemberId => `0190c2a0-0000-7000-8000-00000000000${index}` as MemberId;
const PEOPLE = [1, 2, 3, 4].map(member);
const ROLES = ["moderator", "member", "member", "guest"] as const;
const NAME = "channel:0190c2a0-0000-7000-8000-0000000000ff/1";
const DOCUMENT = { name: NAME, ref: parseDocumentName(NAME) as DocumentRef, closed: undefined };

const standingOf = (sender: MemberId): Standing => ({
  actor: { id: sender, platformAdmin: false, role: ROLES[PEOPLE.indexOf(sender)], inside: false },
  target: { place: "chat" },
});

export function createArena(): Arena {
  const doc = new Doc();
  const bindings = new Map<number, Author>();
  const keys = createKeys();
  const clients = new Set<number>();
  const admitted: { readonly sender: MemberId; readonly update: Update }[] = [];
  let view = createView(doc, bindings);

  function judged({ sender, bytes, step2 }: Exclude<Step, "commit">): string {
    const read = readUpdate(bytes, STEP_2);
    if (!read.ok) return read.problem.kind;

    const known = keys.changes().length;
    const honest = read.value.items.every((item) => saysWhatIsThere(item, view));
    const digest = canonical;
    const question = {
      document: DOCUMENT,
      update: read.value,
      step2,
      sender,
      standing: standingOf(sender),
      view,
      keys,
    };
    const verdict = judge({ ...question, digest, waitFor: () => 0, now: NOW });
    if (verdict.kind !== "admitted") {
      must(keys.changes().length === known, "a refusal leaves keys");
      return verdict.kind === "refused" ? verdict.code : verdict.kind;
    }
    must(honest, "another history was believed");
    must(
      lengthOf(verdict.items) <= lengthOf(read.value.items.filter(({ values }) => values !== undefined)),
      "more was admitted than was said",
    );
    admitted.push({ sender, update: { items: verdict.items, deletes: verdict.deletes } });
    verdict.items.forEach(({ client }) => clients.add(client));
    return verdict.items.length > 0 ? "admitted" : "known";
  }

  function commit(): string {
    const before = new Map([...doc.share.keys()].map((root) => [root, fingerprint(doc, root)]));
    const senders = new Set(admitted.map(({ sender }) => logName(sender)));
    for (const { sender, update } of admitted.splice(0)) {
      checkRow(update, sender, view);
      update.items.forEach(({ client }) => bindings.set(client, sender));
      applyUpdate(doc, writeUpdate(update));
    }
    view = createView(doc, bindings);
    checkDocument(doc, bindings, keys);
    for (const [root, print] of before)
      must(senders.has(root) || fingerprint(doc, root) === print, `${root} has changed`);
    return "commit";
  }

  return {
    people: PEOPLE,
    clients,
    get view() {
      return view;
    },
    take: (step) => (step === "commit" ? commit() : judged(step)),
  };
}

function must(holds: boolean, promise: string): void {
  if (!holds) throw new Error(promise);
}

const lengthOf = (items: Update["items"]): number => items.reduce((sum, { length }) => sum + length, 0);

const saysWhatIsThere = ({ client, clock, values }: Item, view: DocumentView): boolean =>
  (values ?? []).every((value, index) => {
    const there = view.valueAt({ client, clock: clock + index });
    return there === undefined || there === DELETED || canonical(there) === canonical(value);
  });

function checkRow(update: Update, sender: MemberId, view: DocumentView): void {
  must(
    [...update.items, ...update.deletes].every(({ client }) => view.ownerOf(client) === sender),
    "a row touches others",
  );
  const again = readUpdate(writeUpdate(update), UNBOUNDED);
  must(
    again.ok && plain(again.value.items) === plain(byClient(update.items)),
    "a row is read otherwise than it is written",
  );
}

/** Fields that are undefined and fields that are missing are the same. */
const plain = (items: Update["items"]): string => canonical(JSON.parse(JSON.stringify(items)));

const byClient = (items: Update["items"]): Update["items"] =>
  items.toSorted((a, b) => b.client - a.client || a.clock - b.clock);

/** Nothing waits; every root is somebody's log, of their items only; lengths are true; keys and values agree. */
function checkDocument(doc: Doc, bindings: ReadonlyMap<number, Author>, keys: Keys): void {
  must(doc.store.pendingStructs === null && doc.store.pendingDs === null, "structs wait for others");
  const placeByKey = new Map<string, string>();
  for (const root of doc.share.keys()) {
    const author = authorOfLog(root);
    const log = doc.getArray(root);
    let alive = 0;
    for (const item of itemsIn(doc, root)) {
      must(item.content instanceof ContentAny || item.content instanceof ContentDeleted, "a strange item");
      must(item.parentSub === null && bindings.get(item.id.client) === author, `an item of another in ${root}`);
      if (item.deleted) continue;
      alive += item.length;
      for (const [index, value] of (item.content as ContentAny).arr.entries()) {
        const key = `${author} ${(value as { id: string }).id}`;
        must(!placeByKey.has(key), "an entry is there twice");
        placeByKey.set(key, `${item.id.client}:${item.id.clock + index}`);
      }
    }
    must(alive === log.length, `${root} holds ${alive} and says ${log.length}`);
  }
  checkKeys(keys, placeByKey);
}

function checkKeys(keys: Keys, placeByKey: ReadonlyMap<string, string>): void {
  const present = keys.changes().filter(({ state }) => state === "present");
  for (const { author, id, position, partOf } of present) {
    must(placeByKey.get(`${author} ${id}`) === `${position?.client}:${position?.clock}`, "a key names another place");
    must(!isErasedMessage(partOf && keys.find(partOf.author, partOf.id)), "an edit of something erased is there");
  }
  must(present.length === placeByKey.size, "an entry has no key");
}

const isErasedMessage = (key: EntryKey | undefined): boolean =>
  key?.state === "erased" && (key.kind === "message" || key.kind === undefined);

function* itemsIn(doc: Doc, root: string): Generator<YItem> {
  for (let item = doc.getArray(root)._start; item !== null; item = item.right) yield item;
}

const fingerprint = (doc: Doc, root: string): string =>
  [...itemsIn(doc, root)]
    .map(({ id, length, deleted }) => `${id.client}:${id.clock}+${length}${deleted ? "-" : ""}`)
    .join();
