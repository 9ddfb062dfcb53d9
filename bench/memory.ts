import { setTimeout as pause } from "node:timers/promises";

import { logDocument } from "#shared/documents/names.ts";
import { homeOf } from "#shared/ids.ts";

import { gather, type Seat } from "./support/crowd.ts";
import { startLoad, type Load } from "./support/load.ts";
import type { Program } from "./support/program.ts";
import { report } from "./support/report.ts";
import { startBare, startOurs } from "./support/servers.ts";
import { size } from "./support/sizes.ts";
import { throwAway } from "./support/throw-away.ts";
import { writeDocuments } from "./support/write-documents.ts";

/**
 * Claims: an idle socket whose person is known, with a document attached, takes at most 40 KB of the server; a loaded
 * document at most three times its encoded size.
 * Baselines: the same sockets at bare Hocuspocus; the encoded size. What is counted is what the process holds when its
 * garbage is collected, on the heap and outside.
 */
const SOCKETS = size("BENCH_SOCKETS", 5_000);
const CHANNELS = size("BENCH_CHANNELS", 100);
const DOCUMENTS = size("BENCH_DOCUMENTS", 50);
const ENTRIES = size("BENCH_ENTRIES", 5_000);
const AUTHORS = size("BENCH_AUTHORS", 100);
/** When they have been idle for so long, in ms, answers to those who came just now are let go. */
const IDLE = 15_000;

interface Grown {
  readonly held: number;
  readonly resident: number;
}

await throwAway(async (workplace, config) => {
  const seats = await gather(workplace.db, SOCKETS + AUTHORS, CHANNELS);
  const authors = seats.slice(SOCKETS);
  const rooms = await gather(workplace.db, DOCUMENTS, DOCUMENTS);
  const encoded = await writeDocuments(
    workplace,
    authors,
    rooms.map(({ document }) => document),
    ENTRIES,
  );

  await using ours = await startOurs(workplace, config, { ROLE: "web" });
  await using bare = await startBare();
  await using load = startLoad();
  // What the first sockets bring with them, such as compiled code, is nobody's own.
  await grown(ours, load, "first", authors);
  await grown(bare, load, "first at bare", authors);

  const sockets = await grown(ours, load, "ours", seats.slice(0, SOCKETS));
  const bareSockets = await grown(bare, load, "bare", seats.slice(0, SOCKETS));
  const homes = await grown(ours, load, "homes", seats.slice(0, SOCKETS).map(atHome));
  const documents = await grown(ours, load, "documents", rooms);

  const socket = sockets.held / SOCKETS;
  const document = (documents.held - DOCUMENTS * socket) / DOCUMENTS;
  report({
    bench: "memory",
    sockets: SOCKETS,
    bytes_per_socket: socket,
    baseline_bytes_per_socket: bareSockets.held / SOCKETS,
    resident_bytes_per_socket: sockets.resident / SOCKETS,
    bytes_per_socket_with_a_document_of_its_own: homes.held / SOCKETS,
    documents: DOCUMENTS,
    entries_per_document: ENTRIES,
    encoded_bytes_per_document: encoded,
    bytes_per_document: document,
    ratio_to_encoded: document / encoded,
    goal: "≤ 40,000 bytes a socket, ≤ 3 times the encoded size a document",
    ok: socket <= 40_000 && document <= 3 * encoded,
  });
});

/** The same person, with their home attached, which nobody shares. */
function atHome(seat: Seat): Seat {
  return { ...seat, document: logDocument("user", homeOf(seat.person), 1) };
}

async function grown(program: Program, load: Load, server: string, seats: readonly Seat[]): Promise<Grown> {
  const before = await program.memory();
  await load.connect({ server, url: program.url, seats });
  await pause(IDLE);
  const after = await program.memory();
  const held = ({ heapUsed, external }: NodeJS.MemoryUsage): number => heapUsed + external;
  return { held: held(after) - held(before), resident: after.rss - before.rss };
}
