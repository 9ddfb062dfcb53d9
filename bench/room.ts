import { gather, type Seat } from "./support/crowd.ts";
import { startLoad, type Load, type Told } from "./support/load.ts";
import { median } from "./support/median.ts";
import { report } from "./support/report.ts";
import { startBare, startOurs, startPlain } from "./support/servers.ts";
import { size } from "./support/sizes.ts";
import { throwAway } from "./support/throw-away.ts";

/**
 * Claim: a message reaches everybody in a room of 500, and in one of 2,000, about as soon as with bare Hocuspocus, though
 * it is judged and in the journal before: for 99 of 100 within half as much time again and 15 ms for the commit.
 * Baselines: bare Hocuspocus, and a server of a few lines that sends what comes in to everybody, by turns in the same run.
 */
const ROOMS = [size("BENCH_SMALL", 500), size("BENCH_LARGE", 2_000)];
const TIMES = size("BENCH_TIMES", 20);
const ROUNDS = size("BENCH_ROUNDS", 5);
const COMMIT = 15;

const SERVERS = ["ours", "bare", "plain"] as const;
type Rounds = Readonly<Record<(typeof SERVERS)[number], Told>>[];

await throwAway(async (workplace, config) => {
  await using ours = await startOurs(workplace, config, { ROLE: "web" });
  await using bare = await startBare();
  await using plain = await startPlain();
  await using load = startLoad();
  const urls = { ours: ours.url, bare: bare.url, plain: plain.url };
  const figures = [];
  for (const people of ROOMS)
    figures.push(figuresOf(people, await measured(load, urls, await gather(workplace.db, people, 1))));

  report({
    bench: "room",
    messages: TIMES * ROUNDS,
    ...Object.fromEntries(figures.map(({ people, ...own }) => [`room_of_${people}`, own])),
    goal: "p99 within 1.5 times Hocuspocus' and 15 ms",
    ok: figures.every((figure) => figure.p99_ms <= 1.5 * figure.baseline_p99_ms + COMMIT && figure.lost === 0),
  });
});

async function measured(
  load: Load,
  urls: Readonly<Record<keyof Rounds[number], string>>,
  seats: readonly Seat[],
): Promise<Rounds> {
  for (const server of SERVERS) await load.connect({ server, url: urls[server], seats, plain: server === "plain" });
  const rounds: Rounds = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const [first, second, third] = [
      await load.oneByOne("ours", TIMES),
      await load.oneByOne("bare", TIMES),
      await load.oneByOne("plain", TIMES),
    ];
    rounds.push({ ours: first, bare: second, plain: third });
  }
  for (const server of SERVERS) await load.leave(server);
  // The first one only warms the compiler up.
  return rounds.slice(1);
}

function figuresOf(people: number, rounds: Rounds) {
  const of = (server: keyof Rounds[number], share: "p50" | "p99"): number =>
    median(rounds.map((round) => round[server][share]));
  return {
    people,
    p50_ms: of("ours", "p50"),
    p99_ms: of("ours", "p99"),
    baseline_p50_ms: of("bare", "p50"),
    baseline_p99_ms: of("bare", "p99"),
    broadcast_p50_ms: of("plain", "p50"),
    broadcast_p99_ms: of("plain", "p99"),
    lost: rounds.reduce((sum, { ours }) => sum + ours.lost + ours.refused, 0),
  };
}
