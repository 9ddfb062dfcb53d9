import { expect, test } from "vitest";

import { csv, csvLine } from "./csv.ts";

test("a line is what RFC 4180 calls one, and nothing is nothing", () => {
  expect(csvLine(["a", 1, null, undefined, -2.5, ""])).toBe("a,1,,,-2.5,\r\n");
  expect(csvLine(['say "hello"', "a, b", "two\nlines", "two\r\nlines"])).toBe(
    '"say ""hello""","a, b","two\nlines","two\r\nlines"\r\n',
  );
});

test.for([
  "=1+1",
  "+1",
  "-1",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "  =1",
  "\u{a0}=1",
  "\u{feff}=1",
  "＝1",
  "＋1",
  "－1",
  "＠x",
])("no spreadsheet carries out %j", (text) => {
  const line = csvLine([text]).replace(/^"/, "");
  expect(line.startsWith(`'${text}`)).toBe(true);
});

test("where cells end with semicolons or tabs none of them ends early, to begin a formula", () => {
  expect(csvLine(["Alice;=1+1", "Bob\t=1+1"])).toBe('"Alice;=1+1","Bob\t=1+1"\r\n');
});

test("a table begins with the mark that spreadsheets take for UTF-8", () => {
  expect(csv([["name"], ["Zoë"]])).toBe("\u{feff}name\r\nZoë\r\n");
});
