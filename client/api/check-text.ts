import { limits, login as loginSchema } from "#shared/protocol/http/text.ts";

interface Limits {
  readonly min: number;
  readonly max: number;
}

/** What is wrong with a line or paragraphs that somebody typed, in a sentence; nothing where all is well. */
export function textMistake(text: string, { min, max }: Limits, needed: string): string | undefined {
  const { length } = text.trim();
  if (length < min) return needed;
  return length > max
    ? `${length.toLocaleString("en")} characters. ${max.toLocaleString("en")} is the most.`
    : undefined;
}

export function passwordMistake(password: string): string | undefined {
  const { min, max } = limits.password;
  const { length } = password;
  if (length < min) return `${sayCharacters(length)} so far. Make it at least ${min}; a sentence is good.`;
  return length > max ? `${length} characters. ${max} is the most.` : undefined;
}

export function loginMistake(login: string): string | undefined {
  const { min, max } = limits.login;
  const { length } = login.trim();
  if (length < min) return `At least ${min} characters, so that it is yours alone.`;
  if (length > max) return `${length} characters. ${max} is the most.`;
  return loginSchema.safeParse(login).success ? undefined : "Letters from a to z, digits, and . _ - between them.";
}

const sayCharacters = (count: number) => (count === 1 ? "1 character" : `${count} characters`);
