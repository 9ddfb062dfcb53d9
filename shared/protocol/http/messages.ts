import * as z from "zod/mini";

import { body, mentions, ref } from "../../entries/kind.ts";
import { channelId, entryId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";

export const messageEndpoints = {
  /** For bots and scripts; people's clients write into their log. With an id of one's own, asking twice says it once. */
  sendMessage: endpoint({
    method: "POST",
    path: "/channels/:id/messages",
    params: z.object({ id: channelId }),
    body: z.strictObject({ entry: z.optional(entryId), body, re: z.optional(ref), mentions }),
    answer: ref,
  }),
};
