/** How much of what one did: messages, and whatever else one can do to them. */
export interface Tally {
  readonly messages: number;
  /** Reactions, new wordings, what was taken back or hidden. */
  readonly changes: number;
}

export const NOTHING: Tally = { messages: 0, changes: 0 };

export function tallyOf(kinds: readonly string[]): Tally {
  const messages = kinds.filter((kind) => kind === "message").length;
  return { messages, changes: kinds.length - messages };
}

export const totalOf = ({ messages, changes }: Tally): number => messages + changes;

export const sum = (a: Tally, b: Tally): Tally => ({
  messages: a.messages + b.messages,
  changes: a.changes + b.changes,
});

export const most = (a: Tally, b: Tally): Tally => ({
  messages: Math.max(a.messages, b.messages),
  changes: Math.max(a.changes, b.changes),
});

/** What is left of one when the other is taken out of it. */
export const without = (a: Tally, b: Tally): Tally => ({
  messages: Math.max(0, a.messages - b.messages),
  changes: Math.max(0, a.changes - b.changes),
});

const many = (number: number, one: string): string => (number === 1 ? `1 ${one}` : `${number} ${one}s`);

/** 3 messages; 1 change; 3 messages and 2 changes */
export function sayTally({ messages, changes }: Tally): string {
  if (changes === 0) return many(messages, "message");
  return messages === 0 ? many(changes, "change") : `${many(messages, "message")} and ${many(changes, "change")}`;
}
