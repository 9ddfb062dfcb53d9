import { rules, type Action, type Actor, type Target } from "./rules.ts";

/** Whether somebody may do something. The gate, the HTTP API and the client's buttons ask this and nothing else. */
export const can = (actor: Actor, action: Action, target: Target): boolean =>
  rules[action].some((rule) => rule(actor, target));
