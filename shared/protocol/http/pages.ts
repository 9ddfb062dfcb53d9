import * as z from "zod/mini";

import { channelId, communityId, memberId, pageId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";
import { page, pageKind } from "./page.ts";
import { count, limits, line, time } from "./text.ts";

const title = line(limits.pageTitle);

export const pageVersion = z.object({
  version: count,
  at: time,
  authors: z.array(memberId),
});
export type PageVersion = z.infer<typeof pageVersion>;

/** What a page says; `shared/pages/schema.ts` knows what that may be. */
const content = z.object({ type: z.literal("doc"), content: z.array(z.unknown()) });

const id = z.object({ id: pageId });

export const pageEndpoints = {
  createPage: endpoint({
    method: "POST",
    path: "/communities/:id/pages",
    params: z.object({ id: communityId }),
    body: z.strictObject({
      title,
      kind: z.optional(pageKind),
      channel: z.optional(channelId),
      pinned: z.optional(z.boolean()),
    }),
    answer: page,
  }),
  /** Those that one may read, in their order. */
  pages: endpoint({
    method: "GET",
    path: "/communities/:id/pages",
    params: z.object({ id: communityId }),
    answer: z.object({ pages: z.array(page) }),
  }),
  changePage: endpoint({
    method: "PATCH",
    path: "/pages/:id",
    params: id,
    body: z.strictObject({
      title: z.optional(title),
      kind: z.optional(pageKind),
      pinned: z.optional(z.boolean()),
      /** Which place it shall have among the pages of its channel or community, from 0. */
      position: z.optional(z.int().check(z.minimum(0), z.maximum(10_000))),
    }),
    answer: page,
  }),
  /** With all that it says and ever said. */
  deletePage: endpoint({ method: "DELETE", path: "/pages/:id", params: id }),
  pageMarkdown: endpoint({
    method: "GET",
    path: "/pages/:id/markdown",
    params: id,
    answer: z.object({ title: z.string(), markdown: z.string() }),
  }),
  /** Newest first. */
  pageVersions: endpoint({
    method: "GET",
    path: "/pages/:id/versions",
    params: id,
    answer: z.object({ versions: z.array(pageVersion) }),
  }),
  /** Keeps what the page says now as a version that later edits do not change. */
  keepPageVersion: endpoint({
    method: "POST",
    path: "/pages/:id/versions",
    params: id,
  }),
  pageVersion: endpoint({
    method: "GET",
    path: "/pages/:id/versions/:version",
    params: z.object({ id: pageId, version: z.string().check(z.regex(/^\d{1,15}$/)) }),
    answer: z.object({ version: count, at: time, authors: z.array(memberId), content }),
  }),
} as const;
