const NUMBER = /^\s*(?:\d+[.)]|[-*•])\s+/u;

/** Rules are written one a line, with or without numbers of their own. */
export const rulesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.replace(NUMBER, "").trim())
    .filter((line) => line !== "");
