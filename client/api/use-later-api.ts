import { createContext, useContext } from "solid-js";

import { laterEndpoints } from "#shared/protocol/http/later-endpoints.ts";

import { createApiOf, type ApiOf } from "./create-api.ts";

export type LaterApi = ApiOf<typeof laterEndpoints>;

/** Another server than this page's, for tests. */
export const LaterApiContext = createContext<LaterApi>();

/** What only screens ask of the server that load later. Whoever uses it loads later too. */
export const useLaterApi = (): LaterApi => useContext(LaterApiContext) ?? createApiOf(laterEndpoints);
