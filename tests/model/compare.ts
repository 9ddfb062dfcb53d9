import { isDeepStrictEqual } from "node:util";

import { sql, type Kysely } from "kysely";
import { expect } from "vitest";
import { Doc } from "yjs";

import { SYS } from "#shared/documents/names.ts";
import { refusals } from "#shared/protocol/refusals.ts";
import type { Database } from "#server/database/types.ts";
import { load, type Live } from "#server/documents/live.ts";
import { sweep } from "#server/jobs/sweep.ts";
import { findWrongs } from "#tests/support/checker.ts";
import { findMisprojected } from "#tests/support/projections-checker.ts";
import { testNode } from "#tests/support/scribe.ts";
import { readTold, type Told } from "#tests/support/told.ts";

import type { Model } from "./model.ts";
import type { Said, Target } from "./said.ts";
import type { Device } from "./support/device.ts";
import { MARK } from "./support/mallory.ts";
import type { Village } from "./support/village.ts";
import { seenIn, viewOf, type Seen } from "./view.ts";

/** How long a village may take to agree, on a busy machine. */
const PATIENCE = 15_000;

/** Everybody online, and nothing on its way: replicas, drawers, documents, tables and model say one thing. */
export async function agree(model: Model, village: Village, db: Kysely<Database>): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const [isOver, state] = [Date.now() > end, await compared(model, village, db)];
    if (isOver) expect(state.found).toEqual(state.expected);
    if (isDeepStrictEqual(state.found, state.expected)) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await checkStored(model, village, db);
  expect(village.devices.flatMap(({ failures }) => failures)).toEqual([]);
  expect(village.failures).toEqual([]);
}

/** Line by line, so that a difference can be read. */
async function compared(model: Model, { ids, channel, devices }: Village, db: Kysely<Database>) {
  const told = (await readTold(db, channel)).filter(({ author }) => author !== SYS);
  const first = devices[0] as Device;
  const name = ({ author, id }: Target): string => `${ids[author]} ${id}`;
  const inWords = ({ author, kind, id, of, re, body, key, on, reason }: Said): string =>
    [ids[author], kind, id ?? "", of && name(of), re && name(re), body, key, on, reason].join(" | ");
  const inDrawer = ({ said, code }: (typeof model.devices)[number]["drawer"][number]): string =>
    `${said.kind} "${said.body ?? ""}": ${refusals[code].text}`;
  const lines = (on: number, rows: readonly Seen[], isSame: boolean, drawer: readonly string[], waiting: number) =>
    [
      ...rows.map((row) => `shows ${Object.values(row).join(" | ")}`),
      ...drawer.toSorted().map((one) => `could not send ${one}`),
      `${waiting} waiting`,
      `shows ${isSame ? "" : "not "}the same as Alice's`,
    ].map((line) => `${on}: ${line}`);

  return {
    expected: [
      ...model.standing.map(inWords).toSorted(),
      ...model.devices.flatMap((device, on) =>
        lines(on, model.isInside(device) ? viewOf(told) : [], model.isInside(device), device.drawer.map(inDrawer), 0),
      ),
    ],
    found: [
      ...told.map(entryInWords).toSorted(),
      ...devices.flatMap((device, on) => {
        const { timeline, local } = device;
        const isSame = isDeepStrictEqual(timeline.rows(), first.timeline.rows()) && timeline.rows().length > 0;
        const drawer = local.notSent().map(({ kind, body, reason }) => `${kind} "${body}": ${reason}`);
        return lines(on, seenIn(timeline.rows()), isSame, drawer, local.device().waiting);
      }),
    ],
  };
}

const entryInWords = ({ author, entry }: Told): string => {
  const { id, of, re, body, key, on, reason } = entry as Partial<Said> & Record<"id", string>;
  const name = (ref: Target | undefined) => ref && `${ref.author} ${ref.id}`;
  return [author, entry.kind, entry.kind === "message" ? id : "", name(of), name(re), body, key, on, reason].join(
    " | ",
  );
};

/** After the worker has done what is due. What does not stand in the channel stands nowhere, nor does anything of Mallory's. */
async function checkStored(model: Model, village: Village, db: Kysely<Database>): Promise<void> {
  const { committer, failures } = testNode(db);
  await sweep({ db, submit: committer.submit, failed: (error) => failures.push(error) });
  expect(failures).toEqual([]);

  const stored = (await load(db, village.document, new Doc())) as Live;
  const served = await Promise.all(village.mallories.map(async ({ reads }) => ({ ...stored, doc: await reads() })));
  expect(await findWrongs(db, served)).toEqual([]);
  expect(await findMisprojected(db)).toEqual([]);

  const bytes = await storedText(db, village);
  const standing = new Set(model.standing.flatMap(({ body, reason }) => [body, reason]));
  const left = [...model.texts, MARK].filter((text) => bytes.includes(text) && !standing.has(text));
  expect(left).toEqual([]);
}

/** Whatever PostgreSQL keeps of a channel, as bytes that a text can be looked for in. */
async function storedText(db: Kysely<Database>, { channel, document }: Village): Promise<string> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select update as bytes from journal where document = ${document}
    union all select state from snapshot where document = ${document}
    union all select convert_to(value::text, 'UTF8') from entry where channel = ${channel}
    union all select convert_to(body || coalesce(hidden_reason, '') || coalesce(terms::text, ''), 'UTF8') from message where channel = ${channel}`.execute(
    db,
  );
  return Buffer.concat(rows.map(({ bytes }) => bytes)).toString("latin1");
}
