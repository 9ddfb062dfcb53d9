import { isAbsolute, resolve } from "node:path";

import { fail, ok, type Result } from "#shared/result.ts";

/** What a setting's text means, or what it should have been: the end of the sentence "PORT must be …". */
export type Parse<Value> = (text: string) => Result<Value, string>;

/** A setting as it is declared: everything that is known of it stands in its row of the table. */
export interface Setting<Value> {
  readonly says: string;
  /** The text that stands for an unset variable; empty where there is none. */
  readonly standard: string;
  /** Not to be repeated to whoever reads what is wrong with it. */
  readonly secret?: true;
  readonly parse: Parse<Value>;
}

export const text: Parse<string> = (value) => (value === "" ? fail("a text") : ok(value));

/** A secret that a program shows in a header. */
export const token: Parse<string> = (value) =>
  /^[\w.~+/=-]{16,200}$/.test(value) ? ok(value) : fail("16 to 200 letters, digits or the signs . _ ~ + / = -");

export const path: Parse<string> = (value) => {
  if (value === "" || value.includes("\0")) return fail("the path of a folder");
  return ok(isAbsolute(value) ? value : resolve(value));
};

export const whole =
  (least: number, most: number): Parse<number> =>
  (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? ok(number) : fail(`a whole number from ${least} to ${most}`);
  };

export const oneOf =
  <const Choices extends readonly string[]>(...choices: Choices): Parse<Choices[number]> =>
  (value) => {
    const choice = choices.find((known) => known === value);
    return choice === undefined ? fail(`one of ${choices.join(", ")}`) : ok(choice);
  };

/** An address of one of the schemes, such as `https:`. */
export const address =
  (...schemes: readonly string[]): Parse<string> =>
  (value) =>
    URL.canParse(value) && schemes.includes(new URL(value).protocol)
      ? ok(value)
      : fail(`an address that begins with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}`);

/** A web address without a path, as a browser names the site. */
export const origin: Parse<string> = (value) => {
  const parsed = address("http:", "https:")(value);
  if (!parsed.ok) return parsed;
  const url = new URL(value);
  return url.pathname === "/" && url.search === "" && url.hash === ""
    ? ok(url.origin)
    : fail("an address without a path");
};

/** Nothing, where nothing is set. */
export const optional =
  <Value>(parse: Parse<Value>): Parse<Value | undefined> =>
  (value) =>
    value === "" ? ok(undefined) : parse(value);
