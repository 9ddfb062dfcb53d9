import { sql } from "kysely";

import { compact } from "#server/documents/compact.ts";
import { importMessages, type ImportOrder, type ImportReport } from "#server/import/import-messages.ts";
import { communityNamed } from "#server/import/places.ts";
import { projectDocument } from "#server/projections/run.ts";

import type { Workplace } from "../workplace.ts";
import { createProgressBar } from "./progress.ts";
import { CommandFailed } from "./run-command.ts";

export interface BringInOrder extends Omit<ImportOrder, "community"> {
  /** The name of the community, which is made where it is new. */
  readonly community: string;
  readonly owner: string | undefined;
}

/** Imports a file and projects what it brought, so that search finds it as soon as this is done. */
export async function bringIn(workplace: Workplace, order: BringInOrder): Promise<ImportReport> {
  const { db, committer, authority, doorbell } = workplace;
  const community = await communityNamed(db, authority.change, order.community, order.owner);
  if (!community.ok) throw new CommandFailed(community.problem);

  const bar = createProgressBar(process.stdout);
  // One after the other, beside the writing: the process has one core, PostgreSQL has the others.
  let afterwork = Promise.resolve();
  const finish = async (document: string): Promise<void> => {
    await projectDocument(db, document);
    await compact(db, document);
  };

  const result = await importMessages(
    {
      db,
      submit: committer.submit,
      ring: doorbell.ring,
      change: authority.change,
      written: (document) => {
        afterwork = afterwork.then(() => finish(document));
        afterwork.catch(() => undefined); // told when it is awaited below
      },
      progress: ({ read, messages }) => bar.show(read, counted(messages)),
      malformed: (line, why) => void process.stderr.write(`Line ${line} was left out: ${why}.\n`),
    },
    { ...order, community: community.value },
  );
  bar.end(result.ok ? counted(result.value.imported + result.value.known) : undefined);
  await afterwork;
  // Else the planner guesses about tables that were empty a minute ago.
  await sql`analyze entry_key, entry, message`.execute(db);

  if (result.ok) return result.value;
  if (result.problem.kind === "busy") throw new CommandFailed(`Another import into "${order.community}" is running.`);
  throw new CommandFailed(
    `Stopped at line ${result.problem.line}. What stood before it is in; run this again when the line is right.`,
  );
}

/** 1 message; 222,100 messages */
export const counted = (messages: number): string =>
  `${messages.toLocaleString("en")} ${messages === 1 ? "message" : "messages"}`;
