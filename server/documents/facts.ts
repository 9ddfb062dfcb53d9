import { sql, type RawBuilder } from "kysely";

import { parseDocumentName } from "#shared/documents/names.ts";
import type { Keys } from "#server/gate/entry-key.ts";
import { keysAskedFor } from "#server/gate/questions.ts";

import { concernedIn, concerning, concernsAsked, pagesConcernedIn, type FoundConcern } from "./concerned.ts";
import { standings, type Appearance, type FoundStandings } from "./found-standings.ts";
import { keysAsked, keysIn, type FoundKey } from "./keys.ts";
import { pointedAt, reaching } from "./pointed.ts";
import { standingsIn, type StandingOf } from "./standing.ts";
import type { Task } from "./task.ts";

/** What decides about a batch: the statement that asks for it, and what its answer means. */
interface Asking {
  readonly statement: RawBuilder<Facts>;
  readonly understood: (found: Facts, now: number) => Understood;
}

interface Understood {
  readonly keys: ReadonlyMap<string, Keys>;
  readonly standingOf: StandingOf;
}

/**
 * It is asked when the documents are locked, in one statement: a batch may concern hundreds of channels, and everybody
 * in it waits for each answer.
 */
export function askFacts(tasks: readonly Task[]): Asking {
  // Keys are a channel's, over all its segments: two documents of one channel share them.
  const byChannel = Map.groupBy(tasks, ({ document }) => parseDocumentName(document)?.id as string);
  const pointed = tasks.map(pointedAt);
  const questions = [
    ...[...byChannel].map(([channel, own]) => ({ channel, ...keysAskedBy(own) })),
    ...pointed.flatMap(({ questions: asked }) => asked),
  ];
  const appearances = [
    ...tasks.map(appearanceOf).filter((appearance) => appearance !== undefined),
    ...pointed.flatMap(({ appearances: asked }) => asked),
    ...tasks.flatMap(concernedIn),
  ];
  return {
    statement: sql`/* kept: facts */ select ${keysAsked(questions)} as keys, ${standings(appearances, true)} as standings,
      ${concernsAsked(tasks.flatMap(pagesConcernedIn))} as concerns`,
    understood(found, now) {
      const keys = keysIn(found.keys, questions);
      return { keys, standingOf: standingsFor(standingsIn(found.standings, now), keys, found.concerns) };
    },
  };
}

const standingsFor =
  (plain: StandingOf, keys: ReadonlyMap<string, Keys>, concerns: readonly FoundConcern[]): StandingOf =>
  (appearance) => ({
    ...plain(appearance),
    reaches: reaching(appearance.person, plain, keys),
    roleOf: (person) => plain({ person, place: appearance.place }).actor.role,
    concernedBy: concerning(concerns, appearance.place),
  });

interface Facts {
  readonly keys: readonly FoundKey[];
  readonly standings: FoundStandings;
  readonly concerns: readonly FoundConcern[];
}

/** Whose rights decide about a task; nobody's about what the server does of its own accord. */
function appearanceOf(task: Task): Appearance | undefined {
  if (task.kind === "frame" || task.kind === "page-frame") return { person: task.sender, place: task.live.ref };
  return task.kind === "post" ? { person: task.sender, place: task.place } : undefined;
}

function keysAskedBy(tasks: readonly Task[]) {
  const questions = tasks.flatMap(questionsOf);
  return { refs: questions.flatMap(({ refs }) => refs), states: questions.flatMap(({ states }) => states) };
}

function questionsOf(task: Task) {
  if (task.kind === "frame")
    return [
      keysAskedFor(
        task.sender,
        task.update.items.flatMap(({ values }) => values ?? []),
      ),
    ];
  if (task.kind === "post") return [keysAskedFor(task.sender, [task.entry])];
  if (task.kind === "write") return task.entries.map(({ author, entry }) => keysAskedFor(author, [entry]));
  return [];
}
