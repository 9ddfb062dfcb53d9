import type { Row } from "#shared/entries/row.ts";
import type { MemberId } from "#shared/ids.ts";

import type { Unread } from "./local.ts";

/** What others said after what was read, to its end. `rows` in their order. */
export function countUnread(rows: readonly Row[], me: MemberId, read: number): Unread {
  let [messages, mentions] = [0, 0];
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] as Row;
    if (row.position <= read) break;
    if (row.kind !== "message" || row.author === me || row.hidden !== undefined) continue;
    messages += 1;
    if (row.mentions.includes(me)) mentions += 1;
  }
  return { messages, mentions };
}
