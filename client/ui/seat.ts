const SEATS = 8;
const CAPITAL = /\p{Lu}/u;
const LETTER = /[\p{L}\p{N}]/u;

/** What stands in the seat of somebody without a picture: two letters of a name, one sign of a name in Han or kana. */
export function initials(name: string): string {
  const letters = [...name].filter((sign) => LETTER.test(sign));
  const [first, second] = letters;
  if (first === undefined) return "?";
  if (first.toLowerCase() === first.toUpperCase()) return first;

  const capital = letters.slice(1).find((sign) => CAPITAL.test(sign) && letters.some((other) => !CAPITAL.test(other)));
  return first.toUpperCase() + (capital ?? second ?? "").toLowerCase();
}

/** Which of the eight hues somebody has: dealt by their id, so that it stays when the name changes. */
export function seatHue(id: string): string {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + sign.charCodeAt(0)) >>> 0;
  return `var(--seat-${(sum % SEATS) + 1})`;
}
