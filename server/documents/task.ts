import type { Author, DocumentRef } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { MemberId } from "#shared/ids.ts";
import type { PageUpdate } from "#server/gate/page/page-update.ts";
import type { Position, Update } from "#server/gate/update.ts";
import type { Refusal } from "#server/gate/verdict.ts";

import type { Live } from "./live.ts";

/** Something that wants into a document. There is no other way into one. */
export type Task = Frame | PageFrame | Post | Write | Erasure;

/** What a client sent, parsed. */
export interface Frame {
  readonly kind: "frame";
  readonly document: string;
  readonly live: Live;
  readonly update: Update;
  readonly step2: boolean;
  readonly sender: MemberId;
}

/** The same for a page. */
export interface PageFrame {
  readonly kind: "page-frame";
  readonly document: string;
  readonly live: Live;
  readonly update: PageUpdate;
  readonly step2: boolean;
  readonly sender: MemberId;
}

/** What a member says through the server, such as a bot over HTTP: judged like their own frames. */
export interface Post {
  readonly kind: "post";
  readonly document: string;
  readonly place: DocumentRef;
  readonly sender: MemberId;
  readonly entry: unknown;
}

/** What the server says, in its own log or, for a bot or an import, in a member's. Known ids are passed over. */
export interface Write {
  readonly kind: "write";
  readonly document: string;
  readonly entries: readonly { readonly author: Author; readonly entry: Entry }[];
}

/** Deletes what was erased from elsewhere. */
export interface Erasure {
  readonly kind: "erasure";
  readonly document: string;
  readonly positions: readonly Position[];
}

export type Outcome =
  | {
      readonly kind: "committed";
      readonly version: number;
      readonly received: number;
      readonly entries: readonly Ref[];
    }
  | { readonly kind: "behind" }
  | { readonly kind: "no-such-document" }
  | Refusal;

/** A row of the journal, as it was committed. */
export interface JournalRow {
  readonly document: string;
  readonly version: number;
  readonly update: Uint8Array;
  readonly author: MemberId | null;
  readonly received: number;
  /** Written under pens of the server, not under a client's own clientID. */
  readonly penned: boolean;
  /** How many entries it brings. */
  readonly entries: number;
  /** ClientIDs that this row uses first. */
  readonly bound: readonly (readonly [number, Author])[];
}
