import * as z from "zod/mini";

import { endpoint } from "./endpoint.ts";

/** Who may make an account: anybody, who holds an invitation into a community, or whom an admin makes one. */
export const signUpRule = z.enum(["open", "invitation", "closed"]);
export const foundingRule = z.enum(["everybody", "admins"]);

export const installationEndpoints = {
  /** What whoever comes here should know. */
  installation: endpoint({
    method: "GET",
    path: "/installation",
    answer: z.object({
      name: z.string(),
      signUp: signUpRule,
      /** Whoever asks may found a community. */
      mayFound: z.boolean(),
    }),
    open: true,
  }),
} as const;
