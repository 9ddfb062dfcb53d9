import { adminAuditEndpoints } from "./admin/audit.ts";
import { adminCommunityEndpoints } from "./admin/communities.ts";
import { adminInstallationEndpoints } from "./admin/installation.ts";
import { adminPeopleEndpoints } from "./admin/people.ts";
import { endpoints } from "./endpoints.ts";
import { moderationEndpoints } from "./moderation.ts";
import { pageEndpoints } from "./pages.ts";
import { reportEndpoints } from "./reports.ts";

/** What only screens ask for that load later: nobody waits for it before their first message. */
export const laterEndpoints = {
  ...adminPeopleEndpoints,
  ...adminCommunityEndpoints,
  ...adminAuditEndpoints,
  ...adminInstallationEndpoints,
  ...moderationEndpoints,
  ...pageEndpoints,
  ...reportEndpoints,
} as const;

/** Everything that the HTTP API does. */
export const allEndpoints = { ...endpoints, ...laterEndpoints } as const;
