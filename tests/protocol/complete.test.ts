import { readdirSync } from "node:fs";

import { MessageType } from "@hocuspocus/server";
import { expect, test } from "vitest";

import { kinds, parseEntry } from "#shared/entries/kinds.ts";
import { refusals, type RefusalCode } from "#shared/protocol/refusals.ts";
import { clientMessage, serverMessage } from "#shared/protocol/stateless.ts";
import { attempts } from "#server/http/limits.ts";

import { blocksIn, examplesIn, rowsWith, textOf } from "./support/document.ts";
import { createValues, inMs } from "./support/values.ts";

const PAGE = textOf("docs/PROTOCOL.md");
const examples = examplesIn(PAGE);
const acts = examples.flatMap(({ lines }) => lines.filter((line) => line.kind === "act"));
const rows = rowsWith(PAGE, "kept as");

test("no two examples have one name, and every limit names its own", () => {
  const names = examples.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { example = "" } of rows) expect(names).toContain(example);
});

test("every refusal that the server knows is shown, with its class, and no other", () => {
  const told = [...PAGE.matchAll(/^(\*\*`[a-z`*, -]+) \((final|later|again)\):/gm)].flatMap(([, codes = "", kind]) =>
    [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code]) => [code, kind]),
  );
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(Object.entries(refusals).map(([code, { class: kind }]) => [code, kind])),
  );

  const shown = acts.flatMap(({ what, rest }) => (what === "<" && rest.startsWith("refused") ? [rest.slice(8)] : []));
  const answers = shown.map((json) => JSON.parse(json) as { code: RefusalCode; class?: string });
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(Object.keys(refusals)));
  for (const { code, class: kind = refusals[code].class } of answers) expect(kind).toBe(refusals[code].class);
});

type Shape = Readonly<
  Record<string, { readonly _zod: { readonly def: { readonly type: string; readonly values?: readonly string[] } } }>
>;

/** The types of a union of messages, each with its fields as the page writes them. */
const typesOf = (schema: { readonly _zod: { readonly def: { readonly options: readonly unknown[] } } }) =>
  schema._zod.def.options.map((option) => {
    const { type, ...fields } = (option as { _zod: { def: { shape: Shape } } })._zod.def.shape;
    const names = Object.entries(fields).map(([name, { _zod }]) => (_zod.def.type === "optional" ? `${name}?` : name));
    return { type: type?._zod.def.values?.[0] as string, fields: names.join(", ") };
  });

test("every stateless message is listed with its fields, and shown", () => {
  for (const { type, fields } of typesOf(serverMessage)) {
    expect(PAGE).toContain(`| \`${type} {${fields}}\` |`);
    expect(acts.some(({ what, rest }) => what === "<" && rest.split(" ")[0] === type)).toBe(true);
  }
  for (const { type, fields } of typesOf(clientMessage)) {
    expect(PAGE).toContain(`| \`${type}${fields === "" ? "" : ` {${fields}}`}\` |`);
    expect(acts.some(({ what, rest }) => what === ">" && rest.includes(`{"type": "${type}"`))).toBe(true);
  }
});

test("every type of message is listed under its number", () => {
  const known = Object.entries(MessageType).filter(([, number]) => typeof number === "number" && number >= 0);
  const told = rowsWith(PAGE, "from the client").map(({ "": number, type }) => [type, Number(number)]);
  expect(told).toEqual(known.map(([name, number]) => [name, number]));
});

test("every kind of entry is shown as it is, and said to lie where it lies", () => {
  const values = createValues();
  const shown = blocksIn(PAGE, "entries").flatMap(({ text }) => text.split("\n").map(values.read));
  expect(shown.map((entry) => parseEntry(entry)?.kind)).toEqual(kinds.map(({ name }) => name));

  const places = new Map(
    rowsWith(PAGE, "lies in").flatMap(({ kind = "", "lies in": place }) =>
      [...kind.matchAll(/`(\w+)`/g)].map(([, name]) => [name, place]),
    ),
  );
  expect(Object.fromEntries(places)).toEqual(
    Object.fromEntries(kinds.map(({ name, in: place }) => [name, place.join(", ")])),
  );
});

/** Where limits of the wire are kept. A number there is on the page, or is nobody's business but the code's. */
const FOLDERS = ["shared/entries", "server/gate", "server/documents", "server/sync"];
const FILES = ["server/http/app.ts", "server/http/protection.ts", "server/auth/access-tokens.ts"];

/** What a client cannot notice. */
const OWN_BUSINESS = new Set([
  "SHORT in gate/text-at.ts",
  "WORD in gate/text-at.ts",
  "WORDS in gate/text-at.ts",
  "USED_EVERY in auth/access-tokens.ts",
  "MAX_BATCH in documents/committer.ts",
  "MAX_WEIGHT in documents/committer.ts",
  "MAX_WAITING in documents/committer.ts",
  "BLOCK in documents/digest.ts",
  "HASH in documents/digest.ts",
  "ROOM in documents/digest.ts",
  "MAX_TAIL in documents/compact.ts",
  "ROW in documents/carry-states.ts",
  "MAX_CLIENT in documents/pens.ts",
  "MAX_DOCUMENTS in documents/pens.ts",
  "LONGEST in sync/pace.ts",
  "FAREWELL in sync/exit.ts",
  "MAX_LEAVING in sync/exit.ts",
  "MAX_WAIT in sync/doorkeeper.ts",
  "MIN_WAIT in sync/doorkeeper.ts",
  "REFRESH in sync/sync.ts",
  "GIVE_UP_AFTER in documents/redis-doorbell.ts",
  "RECONNECT_AFTER in documents/redis-doorbell.ts",
  "READERS in sync/catching-up.ts",
  "AT_ONCE in sync/outlet.ts",
  "COMMITS in sync/sync.ts",
  "KEPT_FOR in sync/steps.ts",
  "PAUSE in sync/activity.ts",
  "MAX_BYTES in sync/answer-cache.ts",
  "MAX_ANSWERS in sync/answer-cache.ts",
  "INSIST_AFTER in sync/rights.ts",
  "CARET_RIGHT in sync/carets.ts",
]);

/** Parts of a format, and codes, are not limits. */
const OF_A_FORMAT =
  /^(CONTENT|HAS_|STEP_|UPDATE|SYNC|TYPE_|XML_|AWARENESS|AUTH|QUERY_AWARENESS|TOKEN|FINAL_|OBJECT|TEXT|DENIED|REFUSED|TROUBLE)/;

const limitsInCode = (): ReadonlyMap<string, number> =>
  new Map(
    [...FOLDERS.flatMap(sourcesIn), ...FILES].flatMap((path) =>
      [...textOf(path).matchAll(/^(?:export )?const ([A-Z][A-Z0-9_]*) = ([\d_x a-f*+()-]+);$/gm)]
        .filter(([, name = ""]) => !OF_A_FORMAT.test(name))
        .map(([, name, sum = ""]) => [`${name} in ${path.replace(/^(server|shared)\//, "")}`, valueOf(sum)] as const),
    ),
  );

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(`${import.meta.dirname}/../../${folder}`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
    .map((name) => `${folder}/${name}`);

/** What a sum in the code comes to: powers before products before differences. */
function valueOf(sum: string): number {
  const [first = 0, ...others] = sum.split(" - ").map((product) =>
    product
      .split(" * ")
      .map((power) => power.split(" ** ").map((number) => Number(number.replaceAll("_", ""))))
      .map(([base = Number.NaN, exponent = 1]) => base ** exponent)
      .reduce((a, b) => a * b),
  );
  return others.reduce((a, b) => a - b, first);
}

const BYTES: Readonly<Record<string, number>> = { bytes: 1, KiB: 1024, MiB: 1024 * 1024 };

/** A number of the page in the coin of the code: bytes, ms, or how many. */
function numberIn(text: string): number {
  const [, digits = "", unit = ""] = /^([\d,]+)(?:th)?(?: (\w+))?/.exec(text) ?? [];
  const count = digits.replaceAll(",", "");
  if (unit in BYTES) return Number(count) * (BYTES[unit] as number);
  return /^(ms|s|min|h|d)$/.test(unit) ? inMs(count, unit) : Number(count);
}

/** Tables call the column of the number by what it is. */
const amountIn = (row: Readonly<Record<string, string>>): string => Object.values(row)[1] ?? "";
const keptAs = (row: Readonly<Record<string, string>>): string => (row["kept as"] ?? "").replaceAll("`", "");

test("every limit that the code knows is on the page with its value, and no other", () => {
  const inCode = limitsInCode();
  const onPage = new Map(
    rows
      .filter((row) => !keptAs(row).endsWith("in http/limits.ts"))
      .map((row) => [keptAs(row), numberIn(amountIn(row))]),
  );
  expect(Object.fromEntries(onPage)).toEqual(
    Object.fromEntries([...inCode].filter(([name]) => !OWN_BUSINESS.has(name))),
  );
  for (const name of OWN_BUSINESS) expect(inCode.has(name), name).toBe(true);
});

test("every rule of how often something may be tried is on the page", () => {
  const onPage = rows
    .filter((row) => keptAs(row).endsWith("in http/limits.ts"))
    .map((row) => [
      keptAs(row).replace(" in http/limits.ts", ""),
      [numberIn(amountIn(row)), numberIn(row["in"] ?? "") / 1_000],
    ]);
  expect(Object.fromEntries(onPage)).toEqual(
    Object.fromEntries(Object.entries(attempts).map(([rule, { points, duration }]) => [rule, [points, duration]])),
  );
});

test("every code with which the server ends a socket is on the page", () => {
  const source = sourcesIn("server/sync").map(textOf).join("\n");
  const inCode = [
    ...source.matchAll(/\b(?:end|close|cutOff)\((?:socket, |\{ code: )?(\d{4})\b|: (4\d{3})\b|= (4\d{3}|1011);/g),
  ];
  const codes = inCode.map(([, one, other, third]) => one ?? other ?? third);
  // 1000 is a document's end, which a message tells; 1009 is ws's, 4408 Hocuspocus'.
  const ends = new Set([...codes.filter((code) => code !== "1000"), "1009", "4408"]);
  const onPage = rowsWith(PAGE, "code").flatMap(({ code = "" }) => code.split(", "));
  expect(new Set(onPage)).toEqual(ends);
  for (const code of ends)
    expect(acts.some(({ what, rest }) => what === "<" && rest.startsWith(`end ${code}`))).toBe(true);
});

test("every address that takes sockets is on the page", () => {
  const [, collab, yjs] = /COLLAB = "(.+)";\nconst YJS = "(.+)";/.exec(textOf("server/sync/sockets.ts")) ?? [];
  for (const path of [collab, yjs])
    expect(acts.some(({ what, rest }) => what === "opens" && rest.startsWith(path ?? "?"))).toBe(true);
});
