import type { Kysely } from "kysely";

import type { Author, DocumentRef } from "#shared/documents/names.ts";
import type { Entry } from "#shared/entries/kinds.ts";
import type { Database } from "#server/database/types.ts";
import type { Position, Range } from "#server/gate/update.ts";

/**
 * Turns documents into rows. `project` may be given the same changes again, and the segments of a channel in any order;
 * whatever was delivered, the rows end the same. The runner lets nobody else project the same channel meanwhile.
 */
export interface Projection {
  readonly name: string;
  /** Raised to have every document projected again. */
  readonly version: number;
  /** The kinds of documents that it reads. */
  readonly of: readonly DocumentRef["kind"][];
  project(trx: Kysely<Database>, document: ProjectedDocument, changes: Changes): Promise<void>;
  /** Deletes all of its rows. */
  empty(trx: Kysely<Database>): Promise<void>;
}

export type ProjectedDocument = DocumentRef & { readonly name: string };

/**
 * What a stretch of a journal says. Where the journal was compacted in front of the reader it is all that the document
 * holds and all that was ever deleted there: a snapshot names every deleted position.
 */
export interface Changes {
  readonly added: readonly Addition[];
  readonly removed: readonly Range[];
}

export interface Addition {
  readonly author: Author;
  readonly entry: Entry;
  readonly position: Position;
}
