/** The reactions at hand, with the words that name them. The sign itself is what is written down. */
export const atHand = [
  { key: "👍", name: "like" },
  { key: "❤️", name: "love" },
  { key: "💡", name: "helpful" },
  { key: "😄", name: "haha" },
  { key: "😮", name: "wow" },
  { key: "😢", name: "sad" },
] as const;

export const reactionName = (key: string): string => atHand.find((one) => one.key === key)?.name ?? key;
