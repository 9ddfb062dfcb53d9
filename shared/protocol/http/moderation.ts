import * as z from "zod/mini";

import { caseKey, grounds } from "../../entries/kinds/report.ts";
import { channelId, communityId, entryId, memberId, pageId } from "../../ids.ts";
import { channel } from "./channels.ts";
import { endpoint } from "./endpoint.ts";
import { profile } from "./people.ts";
import { count, cursor, paragraphs, time } from "./text.ts";

/** The desk of a community's moderators, or that of those who run the platform. */
const desk = z.union([communityId, z.literal("platform")]);
export type DeskName = z.infer<typeof desk>;

const measureKind = z.enum(["warn", "mute", "kick", "ban"]);
const measureId = z.string().check(z.regex(/^[0-9a-f-]{36}$/));

/** What was done about somebody. It holds until it ends or is lifted. */
const measure = z.object({
  id: measureId,
  kind: measureKind,
  person: profile,
  reason: z.string(),
  by: profile,
  at: time,
  until: z.optional(time),
  lifted: z.optional(z.object({ at: time, by: z.optional(profile) })),
});
export type Measure = z.infer<typeof measure>;

/** A message as moderators see it, whoever has hidden it. */
const message = z.object({
  channel: channelId,
  author: profile,
  id: entryId,
  segment: count,
  at: time,
  body: z.string(),
  kind: z.enum(["message", "removed"]),
  hidden: z.optional(z.object({ by: profile, reason: z.string() })),
});
export type CaseMessage = z.infer<typeof message>;

/** A page as it is now. */
const page = z.object({
  id: pageId,
  community: communityId,
  channel: z.optional(channelId),
  /** Without it the page was deleted. */
  title: z.optional(z.string()),
  /** How its words begin. */
  excerpt: z.string(),
});
export type CasePage = z.infer<typeof page>;

const record = z.object({
  person: profile,
  /** Without it they are no member here. */
  joinedAt: z.optional(time),
  role: z.optional(z.string()),
  messages: count,
  hidden: count,
  /** Cases about them, this one included. */
  cases: count,
  /** The newest first. */
  measures: z.array(measure),
});
export type PersonRecord = z.infer<typeof record>;

const outcome = z.enum(["dismissed", "hidden", "acted", "reopened"]);

export const moderationCase = z.object({
  case: caseKey,
  open: z.boolean(),
  /** Not on the desk, since whom it concerns works there too: only who may decide about them is told of it. */
  apart: z.optional(z.literal(true)),
  first: time,
  last: time,
  about: record,
  /** Who says so, and why; the newest first. One who appeals gives no ground. */
  reports: z.array(z.object({ reporter: profile, ground: z.optional(z.enum(grounds)), note: z.string(), at: time })),
  /** The reported message, and what was said around it where one may read that. */
  messages: z.array(message),
  /** The reported page. */
  page: z.optional(page),
  /** What an appeal is against. */
  against: z.optional(measure),
  /** The last decision first. `late`: others had decided since when it arrived, and theirs holds. */
  settlements: z.array(z.object({ by: profile, outcome, at: time, late: z.optional(z.literal(true)) })),
});
export type ModerationCase = z.infer<typeof moderationCase>;

const reason = paragraphs({ min: 1, max: 500 });
const inDesk = z.object({ desk });

export const moderationEndpoints = {
  /** Of a desk, those that heard something last first. */
  cases: endpoint({
    method: "GET",
    path: "/desks/:desk/cases",
    params: inDesk,
    query: z.object({ state: z.optional(z.enum(["open", "closed"])), after: z.optional(cursor) }),
    answer: z.object({ cases: z.array(moderationCase), next: z.optional(cursor) }),
  }),
  /** Decides about a case that does not lie on the desk's document, since whom it concerns reads that too. */
  decideCase: endpoint({
    method: "POST",
    path: "/desks/:desk/decisions",
    params: inDesk,
    body: z.strictObject({
      case: caseKey,
      outcome: z.enum(["dismissed", "reopened"]),
      /** The receipt of the last report that was seen. */
      until: time,
    }),
  }),
  /** What was done about somebody, the newest first. */
  measures: endpoint({
    method: "GET",
    path: "/desks/:desk/measures",
    params: inDesk,
    query: z.object({ person: memberId }),
    answer: z.object({ measures: z.array(measure) }),
  }),
  /** Warns, mutes, takes out or bans a person, who is told why. With `about`, that case is settled by it. */
  takeMeasure: endpoint({
    method: "POST",
    path: "/desks/:desk/measures",
    params: inDesk,
    body: z.strictObject({
      kind: measureKind,
      person: memberId,
      reason,
      /** When it ends, in ms since 1970: a mute within a year, a ban when it shall. */
      until: z.optional(time),
      about: z.optional(caseKey),
    }),
    answer: measure,
  }),
  /** Ends a measure. With `restore`, whoever was taken out is again what they were. */
  liftMeasure: endpoint({
    method: "DELETE",
    path: "/desks/:desk/measures/:id",
    params: z.object({ desk, id: measureId }),
    query: z.object({ restore: z.optional(z.enum(["true", "false"])) }),
    answer: measure,
  }),
  /** Who may write in a channel, and how often. */
  orderChannel: endpoint({
    method: "PATCH",
    path: "/channels/:id/order",
    params: z.object({ id: channelId }),
    body: z.strictObject({
      locked: z.optional(z.boolean()),
      /** Seconds between two messages of one member; 0 for none. */
      slow: z.optional(z.int().check(z.minimum(0), z.maximum(21_600))),
      about: z.optional(caseKey),
    }),
    answer: channel,
  }),
} as const;
