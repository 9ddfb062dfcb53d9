import type { Author } from "../documents/names.ts";
import type { EntryId, MemberId } from "../ids.ts";
import type { Ref } from "./kind.ts";

/** One line of a timeline as people see it. Order is (position, at, author, id). */
export interface Row {
  /** `author id`: names the row for ever. */
  readonly key: string;
  readonly author: Author;
  readonly id: EntryId;
  readonly segment: number;
  readonly at: number;
  /** Where it stands: `at`, but never before its segment was opened. */
  readonly position: number;
  /** `removed`: its author took it back. `unknown` is never shown: only what was said about it has arrived. */
  readonly kind: "message" | "notice" | "removed" | "unknown";
  readonly body: string;
  readonly re?: Ref | undefined;
  readonly mentions: readonly MemberId[];
  /** When its present wording was written, where that is not the first. */
  readonly edited?: number | undefined;
  /** Earlier wordings, oldest first; empty when it was never edited. */
  readonly history: readonly Wording[];
  /** Who reacted with what, in the order of first use. */
  readonly reactions: readonly { readonly key: string; readonly by: readonly MemberId[] }[];
  readonly hidden?: { readonly by: Author; readonly reason: string } | undefined;
  /** When the server received it, where that was noticeably later than it was written. */
  readonly received?: number | undefined;
  readonly notice?: Notice | undefined;
}

/** One wording of a message and when it was written. */
export interface Wording {
  readonly at: number;
  readonly body: string;
}

/** What the server says in a timeline. */
export type Notice =
  | { readonly kind: "joined" | "left"; readonly member: MemberId }
  | { readonly kind: "archived"; readonly on: boolean };
