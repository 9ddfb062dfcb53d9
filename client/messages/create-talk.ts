import { createSignal, type Accessor } from "solid-js";

import { messagePath, talkPath, type TalkPlace } from "#client/paths.ts";
import type { Local, Timeline } from "#client/sync/local.ts";
import { nameOf, placeName } from "#client/sync/names.ts";
import { copyAndSay } from "#client/ui/copy.ts";
import { say } from "#client/ui/toasts.ts";
import type { Ref } from "#shared/entries/kind.ts";
import type { Row } from "#shared/entries/row.ts";
import type { MemberId } from "#shared/ids.ts";

import type { createPeople } from "./create-people.ts";
import { allowedActs } from "./row-acts.ts";
import { refOf, type Act, type Talk } from "./use-talk.ts";

/** Acts that ask something first. */
export type Asking = "react" | "hide" | "retract" | "history" | "report";

interface Options {
  readonly local: Local;
  readonly people: ReturnType<typeof createPeople>;
  readonly place: TalkPlace;
  readonly timeline: Timeline;
  /** Shows a message, wherever it is. */
  readonly jumpTo: (of: Ref, segment: number) => void;
  readonly onAnswer: () => void;
  readonly ask: (about: Asking, row: Row) => void;
  readonly go: (path: string) => void;
}

const cannotKeep = (): void => say("This device could not keep that. Nothing was changed.");

/** What the rows and the composer of one channel share: who may do what, and doing it. */
export function createTalk({ local, people, place, timeline, jumpTo, onAnswer, ask, go }: Options): Talk {
  const [answering, answer] = createSignal<Ref>();
  const [editing, setEditing] = createSignal<string>();
  const person = (id: MemberId) => ({ id, name: local.profile(id).name });
  const name = () => placeName(local, place);

  /** Keeps where a message is, never what it says: taken back, it is gone here too. */
  function save(row: Row): void {
    const saved = local.conversations().find(({ kind }) => kind === "saved");
    if (saved === undefined) return;
    const words = `${nameOf(local, row.author)} in ${name()}`.replaceAll(/[[\]\\]/g, "\\$&");
    const body = `[${words}](${linkTo(row)})`;
    const show = { label: "Show", do: () => go(talkPath(saved)) };
    void local.send(saved.id, { body, mentions: [] }).then(() => say("Saved.", show), cannotKeep);
  }

  const linkTo = (row: Row) => location.origin + messagePath(place, refOf(row));

  function restore(row: Row): void {
    void local.restore(place.id, refOf(row)).then(() => say("Everybody sees the message again."), cannotKeep);
  }

  const doing: Readonly<Record<Act, (row: Row) => void>> = {
    react: (row) => ask("react", row),
    hide: (row) => ask("hide", row),
    retract: (row) => ask("retract", row),
    history: (row) => ask("history", row),
    report: (row) => ask("report", row),
    reply(row) {
      answer(refOf(row));
      onAnswer();
    },
    edit: (row) => setEditing(row.key),
    copy: (row) => void copyAndSay(row.body),
    link: (row) => void copyAndSay(linkTo(row), "The link is copied. It opens for those who may read this."),
    save,
    restore,
  };

  return {
    local,
    place: () => place,
    name,
    timeline,
    actsOn: (row) => allowedActs(local, place.id, row),
    act: (act, row) => doing[act](row),
    toggle(row, key) {
      const mine = row.reactions.some((one) => one.key === key && one.by.includes(local.me().id));
      void local.react(place.id, refOf(row), key, !mine).catch(cannotKeep);
    },
    answering,
    answer,
    editing,
    setEditing,
    jumpTo,
    people: people.people,
    lookForPeople: people.look,
    mentioned: (row) => row.mentions.map(person),
  } satisfies Talk & { answering: Accessor<Ref | undefined> };
}
