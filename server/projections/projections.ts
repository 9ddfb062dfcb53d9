import { desks } from "./desks.ts";
import { markers } from "./markers.ts";
import type { Projection } from "./projection.ts";
import { reports } from "./reports.ts";
import { timeline } from "./timeline.ts";

/** Every projection there is. */
export const projections: readonly Projection[] = [timeline, markers, reports, desks];

/** How a projection signs its checkpoints: one that was changed begins anew. */
export const signature = ({ name, version }: Projection): string => `${name}/${version}`;
