import { ADMIN } from "#client/paths.ts";

import { ReportsSheet } from "./ReportsSheet.tsx";

/** What becomes of all communities together, for those who run the place. */
export const PlatformReportsPage = () => (
  <ReportsSheet
    whole={{ scope: "platform" }}
    name="this Folkmoot"
    channels={[]}
    back={ADMIN}
    backLabel="Back to administration"
  />
);
