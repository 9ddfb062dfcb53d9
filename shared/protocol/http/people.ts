import * as z from "zod/mini";

import { memberId } from "../../ids.ts";
import { endpoint } from "./endpoint.ts";
import { words } from "./text.ts";

export const profile = z.object({ id: memberId, name: z.string() });

export const peopleEndpoints = {
  /** People one shares a community with, by a part of their name. */
  findPeople: endpoint({
    method: "GET",
    path: "/people",
    query: z.object({ q: words }),
    answer: z.object({ people: z.array(profile) }),
  }),
  /** Names of authors, up to 200; unknown ids are left out. */
  profiles: endpoint({
    method: "GET",
    path: "/profiles",
    query: z.object({ ids: z.string().check(z.regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,199}$/)) }),
    answer: z.object({ profiles: z.array(profile) }),
  }),
} as const;
