import { firstEndpoints } from "./first-endpoints.ts";
import { moderationEndpoints } from "./moderation.ts";

export { API_ROOT } from "./first-endpoints.ts";

/** Everything that the HTTP API does. */
export const endpoints = { ...firstEndpoints, ...moderationEndpoints } as const;
