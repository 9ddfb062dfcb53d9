/** One position in a document: the n-th value that a clientID wrote. */
export interface Position {
  readonly client: number;
  readonly clock: number;
}

/** Consecutive positions of one clientID. */
export interface Range extends Position {
  readonly length: number;
}

/** A struct of a log document. `values` is undefined where the content was deleted. */
export interface Item extends Range {
  readonly values: readonly unknown[] | undefined;
  /** The position that it stands behind. */
  readonly origin?: Position | undefined;
  /** Where it lies; only said by items without an origin. */
  readonly root?: string | undefined;
}

/** What an update of a log document says. Items of one clientID are consecutive and ascend. */
export interface Update {
  readonly items: readonly Item[];
  readonly deletes: readonly Range[];
}
