import { setTimeout as pause } from "node:timers/promises";

import { openClient, openPlainClient, type Client } from "./client.ts";
import type { Crowd, Order, Talk, Told } from "./load.ts";
import { percentile } from "./median.ts";
import { eachNumber } from "./wire.ts";

/** The clients of a bench, in a process of their own: takes one order after the other from its parent. */
const crowds = new Map<string, readonly Client[]>();
const AT_ONCE = 40;
/** How long is waited for what is still under way. */
const PATIENCE = 5_000;

/** When each message was sent; by number, which is never used twice. */
const sentAt: number[] = [];
let next = 0;
/** The first of those that are counted now: what comes later than patience lasts is lost, and no other's gain. */
let first = 0;
let heard: number[] = [];
let refused = 0;

function hear(bytes: Buffer): void {
  const now = performance.now();
  eachNumber(bytes, (number) => {
    if (number >= first) heard.push(now - (sentAt[number] as number));
  });
}

function countAnew(): void {
  [first, heard, refused] = [next, [], 0];
}

const ears = {
  update: hear,
  refused(bytes: Buffer): void {
    if (refused === 0) console.error(bytes.toString());
    refused += 1;
  },
};

async function connect({ server, url, seats, plain }: Crowd): Promise<void> {
  const open = plain === true ? openPlainClient : openClient;
  const clients: Client[] = [];
  const left = [...seats];
  const work = async (): Promise<void> => {
    for (let seat = left.shift(); seat !== undefined; seat = left.shift()) clients.push(await open(url, seat, ears));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  crowds.set(server, clients);
}

interface Planned {
  readonly socket: Client["socket"];
  readonly bytes: Uint8Array;
  readonly number: number;
  /** In ms after the beginning. */
  readonly due: number;
}

/** Everybody in turn, composed before it begins, so that nothing but sending remains to be done. */
function plan(clients: readonly Client[], { rate, seconds }: Talk): readonly Planned[] {
  return Array.from({ length: rate * seconds }, (_, index) => {
    const client = clients[next % clients.length] as Client;
    const number = next;
    const due = (index / rate) * 1_000;
    next += 1;
    return { socket: client.socket, number, due, bytes: client.speak(number, Math.floor(Date.now() + due)) };
  });
}

async function send(planned: readonly Planned[]): Promise<void> {
  const began = performance.now();
  for (const { socket, bytes, number, due } of planned) {
    while (performance.now() - began < due) await pause(Math.max(0, due - (performance.now() - began)));
    sentAt[number] = performance.now();
    socket.send(bytes);
  }
}

async function untilHeard(count: number): Promise<void> {
  const until = performance.now() + PATIENCE;
  while (heard.length < count && performance.now() < until) await pause(1);
}

/** Says so much a second, each time somebody else, in documents that have as many listeners each. */
async function talk(order: Talk): Promise<Told> {
  const clients = crowds.get(order.server) ?? [];
  const listeners = clients.length / new Set(clients.map(({ document }) => document)).size;
  countAnew();
  const planned = plan(clients, order);
  const before = process.cpuUsage();
  await send(planned);
  const used = process.cpuUsage(before);
  const expected = planned.length * listeners;
  await untilHeard(expected);
  return toldOf(expected, (used.user + used.system) / 1_000);
}

/** Says one thing after the other, each when everybody has heard the one before. */
async function oneByOne({ server, times }: Order & { do: "one by one" }): Promise<Told> {
  const clients = crowds.get(server) ?? [];
  countAnew();
  for (let time = 1; time <= times; time += 1) {
    await send(plan(clients, { server, rate: 1, seconds: 1 }));
    await untilHeard(time * clients.length);
  }
  return toldOf(times * clients.length, 0);
}

const toldOf = (expected: number, cpu: number): Told => ({
  p50: percentile(heard, 0.5),
  p99: percentile(heard, 0.99),
  heard: heard.length,
  lost: expected - heard.length,
  refused,
  cpu,
});

function leave(server: string): void {
  crowds.get(server)?.forEach(({ socket }) => socket.removeAllListeners("close").terminate());
  crowds.delete(server);
}

async function follow(order: Order): Promise<Told | undefined> {
  if (order.do === "connect") await connect(order);
  if (order.do === "leave") leave(order.server);
  if (order.do === "talk") return talk(order);
  return order.do === "one by one" ? oneByOne(order) : undefined;
}

process.on("message", (order: Order) => {
  follow(order).then(
    (told) => process.send?.({ told }),
    (error: unknown) => process.send?.({ problem: String(error) }),
  );
});
process.on("disconnect", () => process.exit());
