import { reportKey, reportNames, type ReportName } from "#shared/protocol/http/reports.ts";

import type { Example, Places } from "./places.ts";

const RANGE = { from: "2026-11-01", to: "2026-11-28", zone: "Europe/Berlin" } as const;
const report = (name: ReportName) => (name === "hours" || name === "popular" ? RANGE : { ...RANGE, by: "day" });
/** Every report, of everything that there are reports of. */
export const reports: Readonly<Record<string, Example>> = Object.fromEntries(
  reportNames.flatMap((name) => [
    [reportKey("platform", name), () => ({ input: report(name) })],
    [reportKey("community", name), ({ community }: Places) => ({ input: { id: community, ...report(name) } })],
    [reportKey("channel", name), ({ channel }: Places) => ({ input: { id: channel, ...report(name) } })],
  ]),
);
