import { expect, test } from "vitest";

import { sayTally, tallyOf } from "./tally.ts";

test.for([
  [["message"], "1 message"],
  [["message", "message", "message"], "3 messages"],
  [["reaction"], "1 change"],
  [["edit", "reaction", "hide"], "3 changes"],
  [["message", "retract"], "1 message and 1 change"],
  [[], "0 messages"],
  [["report"], "1 report"],
  [["appeal", "remark", "remark", "decision"], "1 appeal, 2 notes and 1 decision"],
  [["message", "report", "hide"], "1 message, 1 report and 1 change"],
  [["edit", "message", "reaction", "message"], "2 messages and 2 changes"],
] as const)("%s: %s", ([kinds, words]) => expect(sayTally(tallyOf(kinds))).toBe(words));
