import { CSV_MARK, csvLine, type Cell } from "#shared/csv.ts";

import type { AuditEntry } from "./read.ts";

export const formats = ["ndjson", "csv"] as const;
export type ExportFormat = (typeof formats)[number];

const COLUMNS =
  "position,id,time,who,who_id,act,target_kind,target_id,target,community,community_id,details,seal".split(",");

/** The acts as text, one line after the other as they are read. */
export async function* exported(entries: AsyncIterable<AuditEntry>, format: ExportFormat): AsyncGenerator<string> {
  if (format === "csv") yield `${CSV_MARK}${csvLine(COLUMNS)}`;
  for await (const entry of entries) yield format === "csv" ? csvLine(cells(entry)) : `${JSON.stringify(entry)}\n`;
}

const cells = ({ position, id, at, actor, act, target, community, details, seal }: AuditEntry): readonly Cell[] => [
  position,
  id,
  new Date(at).toISOString(),
  actor?.name,
  actor?.id,
  act,
  target.kind,
  target.id,
  target.name,
  community?.name,
  community?.id,
  JSON.stringify(details),
  seal,
];
