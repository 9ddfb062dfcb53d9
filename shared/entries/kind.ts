import * as z from "zod/mini";

import type { AuditAct } from "../audit/acts.ts";
import type { Author, DocumentRef } from "../documents/names.ts";
import { entryId, memberId, type EntryId, type MemberId, type PageId } from "../ids.ts";
import type { Action } from "../permissions/rules.ts";
import { MAX_BODY, MAX_MENTIONS, MAX_REASON } from "./limits.ts";
import type { Reported } from "./kinds/report.ts";
import type { Row } from "./row.ts";

/** Names an entry of the same channel; the segment is a hint that equality ignores. */
export const ref = z.strictObject({
  author: memberId,
  id: entryId,
  segment: z.optional(z.int().check(z.positive())),
});
export type Ref = z.infer<typeof ref>;

export const keyOf = (author: Author, id: EntryId): string => `${author} ${id}`;
export const keyOfRef = (of: Ref): string => keyOf(of.author, of.id);

/** What every entry has. `at` is the writer's hybrid clock in ms since 1970. */
export const base = { id: entryId, at: z.int().check(z.positive()) };

export const body = z.string().check(z.minLength(1), z.maxLength(MAX_BODY));
export const mentions = z.optional(z.array(memberId).check(z.maxLength(MAX_MENTIONS)));
export const reason = z.string().check(z.maxLength(MAX_REASON));

export interface Stamped {
  readonly id: EntryId;
  readonly at: number;
}

/** An entry with its place: who wrote it, and in which segment it lies. */
export interface Placed<Value = Stamped> {
  readonly author: Author;
  readonly segment: number;
  readonly entry: Value;
}

/**
 * All that both sides know about one kind of entry. A new kind is one such object and its line in kinds.ts.
 *
 * - `by`: who writes it; the server's kinds are refused from everybody else.
 * - `may`: what the permission table is asked at the gate, and before a button is shown.
 * - `act`: the name under which the audit trail keeps it, where it is an act of authority.
 * - `targets`: the entries that it is about. With `own`, it counts only from its target's author.
 * - `state`: the key of a state entry; of two with one key the later (at, id) stands, the server deletes the other.
 * - `row`: its own row in the timeline, if it has one.
 * - `tell`: what it changes on the row that it is about; called in the timeline's order.
 * - `partOf`: the entry that it is erased with.
 * - `concerns`: the person whom it decides about, where it names one.
 * - `concernsPage`: the page whose case it decides about: whom that concerns only the tables know.
 * - `points`: what lies elsewhere and its author must be able to read.
 * - `answers`: the state, its author's or the server's, that must stand in the same channel; unless it points at something.
 * - `erases`: the entry that the server deletes when it accepts this one; it must be `retractable`.
 */
export interface Kind<Name extends string, Value extends Stamped> {
  readonly name: Name;
  readonly schema: z.ZodMiniType<Value>;
  readonly in: readonly DocumentRef["kind"][];
  readonly by: "member" | "server";
  readonly may?: Action;
  readonly act?: AuditAct;
  readonly own?: true;
  readonly targets?: (entry: Value) => readonly Ref[];
  readonly state?: (entry: Value) => string;
  readonly row?: (entry: Value) => Partial<Row>;
  readonly tell?: (row: Row, placed: Placed<Value>) => Partial<Row>;
  readonly partOf?: (entry: Value) => Ref;
  readonly concerns?: (entry: Value) => MemberId | undefined;
  readonly concernsPage?: (entry: Value) => PageId | undefined;
  readonly points?: (entry: Value) => Reported | undefined;
  readonly answers?: (entry: Value) => { readonly by: "author" | "server"; readonly stateKey: string } | undefined;
  readonly erases?: (entry: Value) => Ref;
  readonly retractable?: true;
}

export const defineKind = <const Name extends string, Value extends Stamped>(
  kind: Kind<Name, Value>,
): Kind<Name, Value> => kind;
