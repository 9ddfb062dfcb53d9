import type { AuditEntry } from "./read.ts";

export const formats = ["ndjson", "csv"] as const;
export type ExportFormat = (typeof formats)[number];

const COLUMNS = "position,id,time,who,who_id,act,target_kind,target_id,target,community,community_id,details,seal";

/** The acts as text, one line after the other as they are read. */
export async function* exported(entries: AsyncIterable<AuditEntry>, format: ExportFormat): AsyncGenerator<string> {
  if (format === "csv") yield `${COLUMNS}\r\n`;
  for await (const entry of entries)
    yield format === "csv" ? `${cells(entry).map(cell).join(",")}\r\n` : `${JSON.stringify(entry)}\n`;
}

const cells = ({ position, id, at, actor, act, target, community, details, seal }: AuditEntry) => [
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

/** A spreadsheet would carry out what begins like a formula: names are other people's words. */
function cell(value: string | number | null | undefined): string {
  const text = String(value ?? "");
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
