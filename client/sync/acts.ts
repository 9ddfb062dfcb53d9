import { monotonicFactory } from "ulid";

import type { Clock } from "#shared/clock.ts";
import type { LogKind } from "#shared/documents/names.ts";
import { keyOfRef, type Ref } from "#shared/entries/kind.ts";
import { kindOf, parseEntry, type Entry } from "#shared/entries/kinds.ts";
import type { ChannelId, EntryId, MemberId } from "#shared/ids.ts";
import type { RefusedRow, UnsentRow } from "#client/storage/database.ts";

import { gone, keep, targetOf } from "./fate.ts";
import type { NewMessage } from "./local.ts";
import type { Unsent } from "./unsent.ts";

/** An entry without what the device gives it. */
export type Said = Readonly<Record<string, unknown>> & { readonly kind: Entry["kind"] };

export interface Place {
  readonly channel: ChannelId;
  readonly log: LogKind;
}

/** What a person does. Each is on this device when it resolves; what may still be rewritten is, instead of followed by a correction. */
export interface Acts {
  readonly send: (place: Place, message: NewMessage) => Promise<EntryId>;
  readonly edit: (place: Place, of: Ref, body: string, mentions: readonly MemberId[]) => Promise<void>;
  readonly retract: (place: Place, of: Ref) => Promise<void>;
  readonly react: (place: Place, of: Ref, key: string, on: boolean) => Promise<void>;
  readonly hide: (place: Place, of: Ref, reason: string) => Promise<void>;
  readonly restore: (place: Place, of: Ref) => Promise<void>;
  /** An entry of any kind. */
  readonly write: (place: Place, said: Said) => Promise<void>;
  /** Of a state that has not left yet, only the last word leaves. */
  readonly putState: (place: Place, said: Said) => Promise<void>;
  readonly retry: (id: EntryId) => Promise<void>;
  readonly retryAs: (id: EntryId, body: string) => Promise<void>;
  readonly discard: (id: EntryId) => Promise<void>;
}

export function createActs(unsent: Unsent, clock: Clock): Acts {
  /** Ids of one device ascend, also within one millisecond: they are the order of writing. */
  const newId = monotonicFactory();

  function compose(said: Said, { id, at }: { readonly id?: EntryId; readonly at: number }): Entry {
    const entry = parseEntry(clean({ ...said, id: id ?? newId(at), at }));
    // The composer knows the limits; what comes here past them is a bug in it.
    if (entry === undefined) throw new Error(`not an entry: ${said.kind}`);
    return entry;
  }

  function row({ channel, log }: Place, entry: Entry): UnsentRow {
    return {
      id: entry.id,
      channel,
      log,
      entry,
      offset: clock.guess(),
      state: "waiting",
      sent: [],
      attempts: 0,
      alone: false,
    };
  }

  async function append(place: Place, said: Said): Promise<EntryId> {
    const entry = compose(said, { at: clock.stamp() });
    await unsent.add([row(place, entry)]);
    return entry.id;
  }

  /** Rewrites the first row that fits and was never sent, or appends. */
  async function rewriteOr(
    place: Place,
    fits: (entry: Entry) => boolean,
    change: (row: UnsentRow) => Pick<UnsentRow, "entry" | "offset">,
    said: Said,
  ): Promise<void> {
    const found = unsent.of(place.channel).find(({ state, entry }) => state === "waiting" && fits(entry));
    let isRewritten = false;
    if (found !== undefined) {
      await unsent.decide([found.id], (now) => {
        if (now.state !== "waiting") return keep(now);
        isRewritten = true;
        return keep({ ...now, ...change(now) });
      });
    }
    if (!isRewritten) await append(place, said);
  }

  /** The same entry with other words, at its time. */
  const reworded =
    (words: Readonly<Record<string, unknown>>) =>
    ({ entry, offset }: UnsentRow): Pick<UnsentRow, "entry" | "offset"> => ({
      entry: compose({ ...entry, ...words }, entry),
      offset,
    });

  const inDrawer = (of: Ref): RefusedRow | undefined => unsent.refused().find(({ id }) => id === of.id);

  /** Nobody has what this would change: the new words stay beside the old ones. */
  async function shelve(refused: RefusedRow, place: Place, said: Said): Promise<void> {
    const entry = compose(said, { at: clock.stamp() });
    await unsent.shelve({ ...refused, ...place, id: entry.id, entry });
  }

  const isAbout = (of: Ref) => (entry: Entry) => {
    const target = targetOf(entry);
    return target !== undefined && keyOfRef(target) === keyOfRef(of);
  };

  async function retry(
    id: EntryId,
    change: (refused: RefusedRow) => Said,
    renew: (refused: RefusedRow) => boolean,
  ): Promise<void> {
    await unsent.takeBack(id, (refused) => {
      if (!renew(refused)) return { ...row(refused, refused.entry), state: "framed" };
      return row(refused, compose(change(refused), { at: clock.stamp() }));
    });
  }

  function putState(place: Place, said: Said): Promise<void> {
    const key = stateKey(compose(said, { at: clock.now() }));
    const anew = ({ id }: UnsentRow) => ({ entry: compose(said, { id, at: clock.stamp() }), offset: clock.guess() });
    return rewriteOr(place, (entry) => stateKey(entry) === key, anew, said);
  }

  return {
    send: (place, { body, re, mentions }) =>
      append(place, { kind: "message", body, ...(re && { re }), ...(mentions.length > 0 && { mentions }) }),

    edit(place, of, body, mentions) {
      const wording = { body, mentions: mentions.length > 0 ? mentions : undefined };
      const refused = inDrawer(of);
      if (refused !== undefined) return shelve(refused, place, { kind: "edit", of, ...wording });
      const isItself = (entry: Entry): boolean =>
        (entry.id === of.id && entry.kind === "message") || (entry.kind === "edit" && isAbout(of)(entry));
      return rewriteOr(place, isItself, reworded(wording), { kind: "edit", of, ...wording });
    },

    async retract(place, of) {
      if (inDrawer(of) !== undefined) return unsent.takeBack(of.id, () => undefined);
      const isPart = ({ id, entry }: UnsentRow): boolean =>
        id === of.id || (isAbout(of)(entry) && entry.kind !== "retract");
      let isSent = true;
      const parts = unsent.of(place.channel).filter(isPart);
      await unsent.decide(
        parts.map(({ id }) => id),
        (now) => {
          if (now.state !== "waiting") return keep(now);
          isSent &&= now.id !== of.id;
          return gone;
        },
      );
      if (isSent) await append(place, { kind: "retract", of, what: "message" });
    },

    async react(place, of, key, on) {
      if (inDrawer(of) !== undefined) return;
      const fits = (entry: Entry): boolean => entry.kind === "reaction" && entry.key === key && isAbout(of)(entry);
      await rewriteOr(place, fits, reworded({ on }), { kind: "reaction", of, key, on });
    },

    hide: async (place, of, reason) => void (await append(place, { kind: "hide", of, reason })),
    restore: async (place, of) => void (await append(place, { kind: "restore", of })),

    async write(place, said) {
      const isState = stateKey(compose(said, { at: clock.now() })) !== undefined;
      if (isState) await putState(place, said);
      else await append(place, said);
    },
    putState,

    retry: (id) =>
      retry(
        id,
        ({ entry }) => entry,
        ({ code }) => needsNewId.has(code),
      ),
    retryAs: (id, body) =>
      retry(
        id,
        ({ entry }) => ({ ...entry, body }),
        () => true,
      ),
    discard: (id) => unsent.takeBack(id, () => undefined),
  };
}

/** Refused for what can never change: its name or its time. */
const needsNewId: ReadonlySet<RefusedRow["code"]> = new Set(["id-reused", "too-late", "too-early"]);

const stateKey = (entry: Entry): string | undefined => kindOf(entry).state?.(entry);

/** What PostgreSQL and the wire would not bring back unchanged; undefined fields are no fields. */
function clean(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "");
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, clean(item)]])),
  );
}
