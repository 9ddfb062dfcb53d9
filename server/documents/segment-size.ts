import { parseDocumentName, type DocumentRef, type LogRef } from "#shared/documents/names.ts";

import type { JournalRow } from "./task.ts";

/** What a segment holds. */
export interface SegmentSize {
  readonly entries: number;
  /** As it is kept. */
  readonly bytes: number;
  readonly clients: number;
}

/** At about this size a log goes on in another segment: to open one, and to add to it, stays as quick as ever. */
export const SEGMENT_LIMITS: SegmentSize = { entries: 5_000, bytes: 512 * 1024, clients: 1_000 };

/** For an import, which cuts its segments by itself. */
export const NO_LIMITS: SegmentSize = { entries: Infinity, bytes: Infinity, clients: Infinity };

export const isFull = (size: SegmentSize, limits: SegmentSize): boolean =>
  size.entries >= limits.entries || size.bytes >= limits.bytes || size.clients >= limits.clients;

/** What rows of a journal add. */
export const sizeOf = (rows: readonly JournalRow[]): SegmentSize => ({
  entries: sum(rows.map(({ entries }) => entries)),
  bytes: sum(rows.map(({ update }) => update.length)),
  clients: sum(rows.map(({ bound }) => bound.length)),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export const together = (one: SegmentSize, other: SegmentSize): SegmentSize => ({
  entries: one.entries + other.entries,
  bytes: one.bytes + other.bytes,
  clients: one.clients + other.clients,
});

/** A log that goes on in another segment once one is full. A desk does not: what moderators noted is read as a whole. */
export type Rolling = LogRef & { readonly kind: "channel" | "dm" | "user" };

export const isRolling = (ref: DocumentRef): ref is Rolling => ["channel", "dm", "user"].includes(ref.kind);

/** The log that a document is a segment of, where it may go on in another one. */
export function rollingLog(name: string): Rolling | undefined {
  const ref = parseDocumentName(name);
  return ref !== undefined && isRolling(ref) ? ref : undefined;
}
