import { createContext, useContext, type Accessor } from "solid-js";

import type { Local, Timeline } from "#client/sync/local.ts";
import type { TalkPlace } from "#client/paths.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { Row } from "#shared/entries/row.ts";

import type { Person } from "#client/ui/mentions.ts";

/** What is done to a row from its tools, its menu and the keyboard. */
export type Act =
  | "react"
  | "reply"
  | "save"
  | "edit"
  | "link"
  | "copy"
  | "retract"
  | "hide"
  | "restore"
  | "history"
  | "report";

/** One open channel or conversation, and what its rows and its composer share. */
export interface Talk {
  readonly local: Local;
  readonly place: Accessor<TalkPlace>;
  readonly name: Accessor<string>;
  readonly timeline: Timeline;
  /** The acts that this person may do on a row now. */
  readonly actsOn: (row: Row) => readonly Act[];
  readonly act: (act: Act, row: Row) => void;
  readonly toggle: (row: Row, key: string) => void;
  /** What a message being written answers, and how to change that. */
  readonly answering: Accessor<Ref | undefined>;
  readonly answer: (re: Ref | undefined) => void;
  /** The key of the row that is being edited in its place. */
  readonly editing: Accessor<string | undefined>;
  readonly setEditing: (key: string | undefined) => void;
  readonly jumpTo: (of: Ref, segment: number) => void;
  /** People who may be mentioned here, as far as this device knows them. */
  readonly people: Accessor<readonly Person[]>;
  /** Asks for more of them whose name holds what was typed. */
  readonly lookForPeople: (query: string) => void;
  /** The mentioned people of a row, with their names. */
  readonly mentioned: (row: Row) => readonly Person[];
}

export const TalkContext = createContext<Talk>();

export function useTalk(): Talk {
  const talk = useContext(TalkContext);
  if (talk === undefined) throw new Error("useTalk outside of TalkContext");
  return talk;
}

export const refOf = (row: Row): Ref => ({ author: row.author, id: row.id, segment: row.segment }) as Ref;
