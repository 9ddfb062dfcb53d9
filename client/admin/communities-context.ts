import { createContext, useContext } from "solid-js";

import type { Pages } from "#client/api/create-pages.ts";
import type { AdministeredCommunity } from "#shared/protocol/http/admin/communities.ts";

/** So that the open community's changes show in the list behind. */
export const CommunitiesContext = createContext<Pages<AdministeredCommunity>>();
export const useCommunities = () => useContext(CommunitiesContext);
