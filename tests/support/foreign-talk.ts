/** A line of a file from another platform. */
export interface ForeignLine {
  readonly id: string;
  readonly at: number;
  readonly author: string;
  readonly body: string;
  readonly re?: string;
  readonly channel?: string;
}

/** When the talk begins; it goes on once a second. */
export const START = Date.UTC(2005, 0, 1);

/** A long talk of many in which every third answers the one before. */
export const talk = (length: number): readonly ForeignLine[] =>
  Array.from({ length }, (_, index) => ({
    id: `line-${index}`,
    at: START + index * 1_000,
    author: `author ${index % 70}`,
    body: `message ${index}`,
    ...(index % 3 === 2 ? { re: `line-${index - 1}` } : {}),
  }));
