import { randomBytes } from "node:crypto";

import { logName } from "#shared/documents/names.ts";
import { any, forge, forged } from "#tests/attack/support/forge.ts";
import { authMessage, message, syncMessage, TYPE } from "#tests/attack/support/wire.ts";
import { say } from "#tests/support/people.ts";

import type { Seat } from "./crowd.ts";

/** What somebody sends next, each time; they have attached the document. */
export type Attack = (seat: Seat) => () => readonly Uint8Array[];

const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;
const RANDOM = Array.from({ length: 64 }, () => randomBytes(1_024));
const MEGABYTE = new Uint8Array(1_000_000).fill(9);
const ENDLESS = new Uint8Array(1_024).fill(0x80);

let client = 1_000;
const fresh = (): number => (client += 1);
const oneOf =
  (step: number, make: (seat: Seat) => Uint8Array): Attack =>
  (seat) =>
  () => [syncMessage(seat.document, step, make(seat))];
const ownLog = ({ person }: Seat) => ({ root: logName(person) });

/** The worst of what tests/attack knows to send, as fast as it can be made. */
export const attacks = {
  "bytes without sense": () => () => [RANDOM[fresh() % RANDOM.length] as Uint8Array],
  "updates without sense": oneOf(UPDATE, () => RANDOM[fresh() % RANDOM.length] as Uint8Array),
  "frames of a megabyte": oneOf(UPDATE, () => MEGABYTE),
  "counts of two thousand million": oneOf(UPDATE, (seat) => forged(fresh(), 0, any([], ownLog(seat), 2 ** 31))),
  "two thousand structs, the last of them wrong": (seat) => {
    const structs = Array.from({ length: 2_000 }, () => any([null], ownLog(seat)));
    const bytes = syncMessage(seat.document, STEP_2, forge([{ client: fresh(), clock: 0, structs }]));
    return () => [bytes];
  },
  "numbers without an end": oneOf(UPDATE, () => ENDLESS),
  "a new state vector each time": oneOf(STEP_1, () => Uint8Array.of(1, 5, fresh() & 0x7f)),
  forks: (seat) => {
    const own = fresh();
    return () => [syncMessage(seat.document, UPDATE, forged(own, 0, any([say("another history")], ownLog(seat))))];
  },
  "an id with ever other words": (seat) => {
    const { id, at } = say("");
    return () => [
      syncMessage(seat.document, UPDATE, forged(fresh(), 0, any([say(String(fresh()), { id, at })], ownLog(seat)))),
    ];
  },
  "a clientID for each word": oneOf(UPDATE, (seat) => forged(fresh(), 0, any([say("a word")], ownLog(seat)))),
  "coming and going": ({ document }) => {
    const bytes = [
      message(document, TYPE.close),
      authMessage(document),
      syncMessage(document, STEP_1, Uint8Array.of(0)),
    ];
    return () => bytes;
  },
} satisfies Readonly<Record<string, Attack>>;

export type AttackName = keyof typeof attacks;
