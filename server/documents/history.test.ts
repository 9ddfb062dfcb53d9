import { expect, test } from "vitest";

import { AnotherHistory, checkVersion, createHistory } from "./history.ts";

test("a process goes on along the timeline on which it began, and along no other", () => {
  const history = createHistory();
  [3, 3, 3].forEach(history.check);
  expect(() => history.check(4)).toThrow(AnotherHistory);
  expect(() => history.check(2)).toThrow(AnotherHistory);
});

test("the journal may be ahead of what is held, and never behind", () => {
  expect(() => checkVersion("channel:room/1", 7, 7)).not.toThrow();
  expect(() => checkVersion("channel:room/1", 7, 9)).not.toThrow();
  expect(() => checkVersion("channel:room/1", 7, 6)).toThrow(/channel:room\/1 was at version 7, and is at 6/);
});
