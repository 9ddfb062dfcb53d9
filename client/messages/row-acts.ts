import type { Local } from "#client/sync/local.ts";
import { SYS } from "#shared/documents/names.ts";
import type { Row } from "#shared/entries/row.ts";
import type { ChannelId } from "#shared/ids.ts";

import type { Act } from "./use-talk.ts";

/** In the order of a menu; with the key that does the same. */
const keys: Readonly<Record<Act, string | undefined>> = {
  react: "+",
  reply: "R",
  save: "S",
  edit: "E",
  copy: undefined,
  link: "L",
  history: undefined,
  report: undefined,
  restore: "H",
  hide: "H",
  retract: "Del",
};

export const keyOfAct = (act: Act): string | undefined => keys[act];

/** The acts that a person may do on a row, in the order of a menu. */
export function allowedActs(local: Local, channel: ChannelId, row: Row): readonly Act[] {
  if (row.kind !== "message" || row.author === SYS) return [];
  const about = { owner: row.author };
  const may = (action: Parameters<Local["may"]>[0]) => local.may(action, channel, about);

  const allowed: Readonly<Record<Act, boolean>> = {
    react: may("message.react") && row.hidden === undefined,
    reply: may("message.send") && row.hidden === undefined,
    save: local.conversations().some(({ kind }) => kind === "saved"),
    edit: may("message.edit"),
    copy: row.hidden === undefined,
    link: true,
    history: row.history.length > 0,
    report: row.author !== local.me().id,
    restore: may("message.restore") && row.hidden !== undefined,
    hide: may("message.hide") && row.hidden === undefined,
    retract: may("message.retract"),
  };
  return (Object.keys(keys) as Act[]).filter((act) => allowed[act]);
}

/** The act of a key pressed in the timeline. */
export const actOfKey = (key: string, allowed: readonly Act[]): Act | undefined =>
  allowed.find((act) => keys[act]?.toLowerCase() === (key === "Delete" ? "del" : key.toLowerCase()));
