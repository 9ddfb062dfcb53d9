import * as z from "zod/mini";

import { channelId, communityId, pageId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";

export const pageKind = z.enum(["post", "guidelines", "wiki"]);
export type PageKind = z.infer<typeof pageKind>;

export const page = z.object({
  id: pageId,
  community: communityId,
  /** Missing where it belongs to the community as a whole. */
  channel: z.optional(channelId),
  title: z.string(),
  kind: pageKind,
  /** Shown on top of its channel, or first in the list of its community. */
  pinned: z.boolean(),
  position: z.number(),
});
export type Page = z.infer<typeof page>;

/** Whether a page that is shown no more was deleted is asked before anything else loads. */
export const pageEndpoint = {
  page: endpoint({ method: "GET", path: "/pages/:id", params: z.object({ id: pageId }), answer: page }),
} as const;
