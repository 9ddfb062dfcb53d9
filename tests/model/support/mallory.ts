import { randomBytes } from "node:crypto";

import { applyUpdate, decodeStateVector, Doc, encodeStateVector } from "yjs";

import { logName, SYS } from "#shared/documents/names.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import { any, erasure, forged, strange, type At, type Place, type Struct } from "#tests/attack/support/forge.ts";
import { freshClient, saying } from "#tests/attack/support/world.ts";
import { openWireWith, syncMessage, type Wire } from "#tests/attack/support/wire.ts";
import { addressOf } from "#tests/support/browser.ts";
import { about, say } from "#tests/support/people.ts";
import { saidIn, type Said } from "#tests/support/told.ts";

/** In everything that Mallory writes. */
export const MARK = "mallory was here";

/** What Mallory knows when she strikes. */
interface Scene {
  readonly me: MemberId;
  /** An entry of somebody else, alive, and where it lies. */
  readonly victim: Said;
  /** The first position of the victim's clientID that nobody has taken. */
  readonly next: At;
}

const refOf = ({ author, value }: Said) => ({ author: author as MemberId, id: (value as { id: EntryId }).id });
const hostile = () => say(MARK);
const fresh = (...structs: readonly Struct[]): Uint8Array => forged(freshClient(), 0, ...structs);
const before = ({ client, clock }: At, log: string): Place =>
  clock === 0 ? { root: log } : { origin: { client, clock: clock - 1 } };

/** Every way of doing harm with a frame. */
const frames: Readonly<Record<string, (scene: Scene) => Uint8Array>> = {
  "says something in another's log": ({ victim }) => fresh(any([hostile()], { root: logName(victim.author) })),
  "goes on under another's clientID": ({ victim, next }) =>
    forged(next.client, next.clock, any([hostile()], before(next, logName(victim.author)))),
  "hangs something on another's entry": ({ victim }) => fresh(any([hostile()], { origin: victim })),
  "claims that another said something else": ({ victim }) =>
    forged(
      victim.client,
      victim.clock,
      any([{ ...(victim.value as object), body: MARK }], before(victim, logName(victim.author))),
    ),
  "edits for another": ({ me, victim }) => saying(me, [about("edit", { of: refOf(victim), body: MARK })]),
  "takes back for another": ({ me, victim }) => saying(me, [about("retract", { of: refOf(victim) })]),
  "hides without the role": ({ me, victim }) => saying(me, [about("hide", { of: refOf(victim), reason: MARK })]),
  "restores without the role": ({ me, victim }) => saying(me, [about("restore", { of: refOf(victim) })]),
  "deletes another's entry": ({ victim }) => erasure(victim.client, [victim.clock, 1]),
  "speaks for the server": () => fresh(any([about("closed", { head: 2 })], { root: SYS })),
  "makes a root of another kind": ({ victim }) =>
    fresh((strange["nested map"] as (place: Place) => Struct)({ root: logName(victim.author) })),
  "says what hangs on nothing": ({ me }) => saying(me, [hostile()], freshClient(), 7),
  "says what is no entry": ({ me }) => saying(me, [{ ...hostile(), kind: "decree" }]),
  "hides harm among honest words": ({ me, victim }) => saying(me, [hostile(), about("retract", { of: refOf(victim) })]),
  "sends junk": () => randomBytes(60),
};
export const tricks = Object.keys(frames);

/** A member with a socket, a session and no manners. Nothing that she does may leave a trace. */
export interface Mallory {
  /** Resolves when the server has answered. */
  strikes(trick: string, pick: number): Promise<void>;
  /** Sends a frame that she has seen somebody else send. */
  repeats(frame: Uint8Array): Promise<void>;
  /** The document as a newcomer is given it now. */
  reads(): Promise<Doc>;
  /** Hangs up. She calls again when she needs to. */
  close(): void;
}

export function createMallory(me: MemberId, cookie: string, url: () => string, name: string): Mallory {
  let wire: Wire | undefined;

  async function seated(): Promise<Wire> {
    if (wire !== undefined && wire.ended === undefined) return wire;
    wire = await openWireWith(addressOf(url()), { origin: url(), cookie });
    await wire.attach(name);
    return wire;
  }

  async function reads(): Promise<Doc> {
    const own = await seated();
    const before = own.all("step2").length;
    own.step1(name);
    await own.until(() => own.all("step2").length > before);
    const doc = new Doc();
    applyUpdate(doc, own.all("step2").at(-1)?.bytes as Uint8Array);
    // A root is an array from when somebody asks for one.
    [...doc.share.keys()].forEach((root) => doc.getArray(root));
    return doc;
  }

  /** Frames are judged in the order in which they come: when the last is answered, so are those before it. */
  async function send(bytes: Uint8Array): Promise<void> {
    const own = await seated();
    const last = about("restore", { of: { author: me, id: hostile().id } });
    own.send(bytes);
    own.update(name, saying(me, [last]));
    const isAnswered = (): boolean =>
      own.said("refused").some(({ entries }) => entries.some(({ id }) => id === last.id));
    await own.until(() => isAnswered() || own.ended !== undefined);
  }

  return {
    async strikes(trick, pick) {
      const doc = await reads();
      const others = saidIn(doc).filter(({ author }) => author !== SYS);
      const victim = others[pick % Math.max(1, others.length)];
      if (victim === undefined) return;
      const { client } = victim;
      const next = { client, clock: decodeStateVector(encodeStateVector(doc)).get(client) as number };
      await send(syncMessage(name, UPDATE, (frames[trick] as (scene: Scene) => Uint8Array)({ me, victim, next })));
    },
    repeats: send,
    reads,
    close() {
      wire?.end();
      wire = undefined;
    },
  };
}

const UPDATE = 2;
