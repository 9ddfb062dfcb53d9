import { createContext, useContext } from "solid-js";

import type { Api } from "./create-api.ts";

export const ApiContext = createContext<Api>();

/** The server's API. What it cannot do without a network is told by each call's problem. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === undefined) throw new Error("useApi outside of ApiContext");
  return api;
}
