import * as z from "zod/mini";

import { channelId, communityId, entryId, isUuid, memberId, pageId, type MemberId, type PageId } from "../../ids.ts";
import { base, defineKind, reason } from "../kind.ts";
import { MAX_NOTE } from "../limits.ts";

/** What can be reported. A profile is reported where one met it. */
export const reported = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("message"), channel: channelId, author: memberId, id: entryId }),
  z.strictObject({ of: z.literal("person"), person: memberId, community: communityId }),
  z.strictObject({ of: z.literal("page"), page: pageId }),
]);
export type Reported = z.infer<typeof reported>;

export const grounds = ["spam", "unkind", "harmful", "private", "off-topic", "other"] as const;
export type Ground = (typeof grounds)[number];

/** Names what moderators decide about on their desk: everything that is said about one thing is one case. */
export const caseKey = z.string().check(z.regex(/^[a-z]+(?:\/[0-9A-Za-z-]{26,36}){1,3}$/));

/** The case that a report of this belongs to. */
export function caseOf(target: Reported): string {
  if (target.of === "message") return `message/${target.channel}/${target.author}/${target.id}`;
  return target.of === "person" ? `person/${target.community}/${target.person}` : `page/${target.page}`;
}

/** Whom a case is about, as far as its name tells: of a page and of an appeal against a measure only the tables know. */
export function aboutOf(key: string): MemberId | undefined {
  const [of, ...names] = key.replace(/^appeal\/(?=.+\/)/, "message/").split("/");
  return (of === "message" || of === "person" ? names[1] : undefined) as MemberId | undefined;
}

/** The page that a case is about, where it is one. */
export function pageOfCase(key: string): PageId | undefined {
  const id = key.startsWith("page/") ? key.slice("page/".length) : "";
  return isUuid(id) ? (id as PageId) : undefined;
}

const reportKey = (target: Reported): string => `report/${caseOf(target)}`;

export const note = z.string().check(z.maxLength(MAX_NOTE));

/** That something should be looked at. Lies in the reporter's own home: nobody else ever sees who said so but those who decide. */
export const report = defineKind({
  name: "report",
  schema: z.strictObject({
    ...base,
    kind: z.literal("report"),
    target: reported,
    ground: z.enum(grounds),
    note,
    /** False takes it back. */
    open: z.boolean(),
  }),
  in: ["user"],
  by: "member",
  may: "home.write",
  state: ({ target }) => reportKey(target),
  points: ({ target }) => target,
  // Whoever has left meanwhile may still take back what they said.
  answers: ({ target, open }) => (open ? undefined : { by: "author", stateKey: reportKey(target) }),
});

/** What moderators may do about a person, and hiding, which is done about a message. */
export const measures = ["warn", "mute", "kick", "ban", "hide"] as const;
export type Measure = (typeof measures)[number];

/** Names a measure: `measure/<id>`, or of a hidden message its case. */
const measureKey = caseKey;

/** That one thinks a measure against oneself is wrong. */
export const appeal = defineKind({
  name: "appeal",
  schema: z.strictObject({ ...base, kind: z.literal("appeal"), against: measureKey, note }),
  in: ["user"],
  by: "member",
  may: "home.write",
  state: ({ against }) => `appeal/${against}`,
  answers: ({ against }) => ({ by: "server", stateKey: `measure/${against}` }),
});

/** What came of a report or an appeal. */
export const verdict = defineKind({
  name: "verdict",
  schema: z.strictObject({
    ...base,
    kind: z.literal("verdict"),
    case: caseKey,
    /** `acted`: something was done about it. Of an appeal: the measure was lifted. */
    outcome: z.enum(["dismissed", "hidden", "acted"]),
  }),
  in: ["user"],
  by: "server",
  state: (entry) => `verdict/${entry.case}`,
});

/** What was done about the person whose home this is, by moderators of which community, and why. */
export const measure = defineKind({
  name: "measure",
  schema: z.strictObject({
    ...base,
    kind: z.literal("measure"),
    key: measureKey,
    measure: z.enum(measures),
    /** The platform where it is none. */
    community: communityId,
    /** What the community is called: who was banned does not see it any more. */
    where: z.string(),
    reason,
    /** In ms since 1970; without it, until it is lifted. */
    until: z.optional(z.int().check(z.positive())),
    lifted: z.boolean(),
  }),
  in: ["user"],
  by: "server",
  state: ({ key }) => `measure/${key}`,
});
