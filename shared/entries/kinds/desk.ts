import * as z from "zod/mini";

import { memberId } from "../../ids.ts";
import { base, defineKind } from "../kind.ts";
import { MAX_NOTE } from "../limits.ts";
import { aboutOf, caseKey, grounds, pageOfCase } from "./report.ts";

const time = z.int().check(z.nonnegative());

/** That a moderator looks after a case, or no longer. */
export const claim = defineKind({
  name: "claim",
  schema: z.strictObject({ ...base, kind: z.literal("claim"), case: caseKey, on: z.boolean() }),
  in: ["desk"],
  by: "member",
  may: "desk.write",
  concerns: (entry) => aboutOf(entry.case),
  concernsPage: (entry) => pageOfCase(entry.case),
  state: (entry) => `claim/${entry.case}`,
});

/** What moderators tell each other about a case. */
export const remark = defineKind({
  name: "remark",
  schema: z.strictObject({
    ...base,
    kind: z.literal("remark"),
    case: caseKey,
    body: z.string().check(z.minLength(1), z.maxLength(MAX_NOTE)),
  }),
  in: ["desk"],
  by: "member",
  may: "desk.write",
  concerns: (entry) => aboutOf(entry.case),
  concernsPage: (entry) => pageOfCase(entry.case),
});

/** What a moderator decides about a case as they know it: about what was reported until then, and nothing that came after. */
export const decision = defineKind({
  name: "decision",
  schema: z.strictObject({
    ...base,
    kind: z.literal("decision"),
    case: caseKey,
    outcome: z.enum(["dismissed", "hidden", "reopened"]),
    /** The receipt of the last report that the moderator has seen. */
    until: time,
  }),
  in: ["desk"],
  by: "member",
  may: "desk.write",
  concerns: (entry) => aboutOf(entry.case),
  concernsPage: (entry) => pageOfCase(entry.case),
  act: "case.decide",
});

/** A case as the tables have it: no word of what was written, and not who reported. */
export const docket = defineKind({
  name: "docket",
  schema: z.strictObject({
    ...base,
    kind: z.literal("docket"),
    case: caseKey,
    /** Whose message or profile it is, who wrote on the page last, or who appeals. */
    about: memberId,
    reports: time,
    grounds: z.array(z.enum(grounds)),
    /** Receipts of the first and the last report. */
    first: time,
    last: time,
    open: z.boolean(),
    outcome: z.optional(z.enum(["dismissed", "hidden", "acted"])),
  }),
  in: ["desk"],
  by: "server",
  state: (entry) => `docket/${entry.case}`,
});
