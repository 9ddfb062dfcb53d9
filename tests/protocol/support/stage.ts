import type { Author } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { makeAccessToken } from "#server/auth/access-tokens.ts";
import { ringAuthority } from "#server/communities/authority-bell.ts";
import { valueOf } from "#tests/support/api.ts";
import { openWire, type Wire } from "#tests/attack/support/wire.ts";
import { testDatabase, type TestDatabase } from "#tests/support/database.ts";
import { channel, community, page, person } from "#tests/support/people.ts";
import { INCARNATION, testSync, type TestSync } from "#tests/support/sockets.ts";

import { talk, type Talker } from "./talker.ts";
import { ALICE, BOB, CHANNEL, createValues, HOME, NEWS, PAGE, SECRET, type Values } from "./values.ts";

/** A real node over a real database, with the people and places of the page. */
export interface Stage {
  readonly database: TestDatabase;
  readonly node: TestSync;
  readonly values: Values;
  /** While it holds, the node cannot find out who anybody is. */
  trouble: boolean;
  /** Who speaks at whose socket; attached to the channel where nothing else was said. */
  talker(who: string): Promise<Talker>;
  opens(who: string, path: string): Promise<void>;
  ring(...people: readonly MemberId[]): Promise<void>;
  /** A socket of somebody who is not on the page. */
  wire(person: MemberId): Promise<Wire>;
  /** Called at the end, whatever happens. */
  finally(act: () => unknown): void;
  close(): Promise<void>;
}

/** As often as the real ones, or faster. */
const RHYTHM = { beat: 20_000, patience: 10_000, silence: 60_000 };

const PEOPLE: Readonly<Record<string, MemberId>> = { alice: ALICE, bob: BOB };

export async function openStage(faster: number): Promise<Stage> {
  const database = await testDatabase();
  const { db, url } = database;
  await person(db, "alice", ALICE);
  await person(db, "bob", BOB);
  await community(db, { [ALICE]: "moderator", [BOB]: "member" }, HOME);
  await channel(db, HOME, { id: CHANNEL });
  await channel(db, HOME, { id: NEWS, kind: "broadcast" });
  await channel(db, HOME, { id: SECRET, private: true, inside: [ALICE] });

  await page(db, HOME, { id: PAGE });

  const values = createValues();
  const { token } = valueOf(await makeAccessToken(db, BOB, INCARNATION, { name: "Program" }));
  values.define("token", () => token);

  const node = await testSync(db, url, {
    now: () => values.now,
    rhythm: { beat: RHYTHM.beat / faster, patience: RHYTHM.patience / faster, silence: RHYTHM.silence / faster },
    async findSession({ headers }) {
      if (stage.trouble) throw new Error("the database is away");
      const sitting = headers["x-person"] as MemberId | undefined;
      return sitting === undefined || node.ended.has(sitting) ? undefined : { handle: sitting, person: sitting };
    },
  });
  const origin = new URL(node.url).origin;
  const talkers = new Map<string, Talker>();
  const sockets: { terminate(): void }[] = [];
  const lastly: (() => unknown)[] = [];

  async function opens(who: string, path: string): Promise<void> {
    const [first = ""] = who.split(/'| /);
    const sitting = PEOPLE[first];
    const [document, isYjs] = path.startsWith("/yjs/")
      ? [values.said(path.slice(5).split("?")[0] ?? ""), true]
      : [undefined, false];
    const headers: Record<string, string> = sitting === undefined ? {} : { "x-person": sitting };
    const author: Author = sitting ?? BOB;
    const talker = await talk(`${origin}${values.said(path)}`, author, headers, isYjs ? document : undefined);
    sockets.push(talker.socket);
    talkers.set(who, talker);
  }

  const stage: Stage = {
    database,
    node,
    values,
    trouble: false,
    opens,
    async talker(who) {
      if (!talkers.has(who)) {
        await opens(who, "/collab");
        const talker = talkers.get(who) as Talker;
        const address = values.said("$channel");
        talker.say({ word: "auth", address, holds: [""] });
        talker.say({ word: "step1", address, holds: [Uint8Array.of(0)] });
        await talker.hears({ word: "step1", address, holds: [] });
        talker.forget();
      }
      return talkers.get(who) as Talker;
    },
    ring: (...people) => ringAuthority(db, { people, communities: [], channels: [], sessions: [] }),
    async wire(sitting) {
      const wire = await openWire(node.url, sitting);
      sockets.push(wire.socket);
      return wire;
    },
    finally: (act) => void lastly.push(act),
    async close() {
      for (const act of lastly) await act();
      sockets.forEach((socket) => socket.terminate());
      await node.close();
      await database.close();
    },
  };
  return stage;
}
