import { gather } from "./support/crowd.ts";
import { startLoad, type Load, type Told } from "./support/load.ts";
import { median } from "./support/median.ts";
import { cpuBelow, postgresIn } from "./support/processes.ts";
import type { Program } from "./support/program.ts";
import { report } from "./support/report.ts";
import { startBare, startOurs } from "./support/servers.ts";
import { size } from "./support/sizes.ts";
import { throwAway } from "./support/throw-away.ts";

/**
 * Claim: to judge every message and to have it in the journal before anybody hears of it costs at most half as much
 * again of the server's processor, and 99 of 100 deliveries take less than 50 ms where those of Hocuspocus take less
 * than 40.
 * Baseline: bare Hocuspocus, which keeps nothing, with the same clients, by turns in the same run.
 *
 * The worker runs elsewhere. With BENCH_ROLE=all it projects on the same processors, as on a small installation.
 */
const SOCKETS = size("BENCH_SOCKETS", 2_000);
const CHANNELS = size("BENCH_CHANNELS", 100);
const RATE = size("BENCH_RATE", 500);
const SECONDS = size("BENCH_SECONDS", 10);
const ROUNDS = size("BENCH_ROUNDS", 5);
const ROLE = process.env["BENCH_ROLE"] ?? "web";

interface Round {
  readonly told: Told;
  /** What the server has used of the processors, in ms a second; and what works for it. */
  readonly server: number;
  readonly postgres: number;
  readonly worker: number;
}

await throwAway(async (workplace, config) => {
  const seats = await gather(workplace.db, SOCKETS, CHANNELS);
  await using ours = await startOurs(workplace, config, { ROLE });
  await using bare = await startBare();
  await using load = startLoad();
  await load.connect({ server: "ours", url: ours.url, seats });
  await load.connect({ server: "bare", url: bare.url, seats });

  const postgres = postgresIn(config.DATA_DIR);
  const round = async (server: "ours" | "bare"): Promise<Round> =>
    measured(server === "ours" ? ours : bare, postgres, load, server);
  // The first ones only warm the compiler up.
  const rounds: { ours: Round; bare: Round }[] = [];
  for (let turn = 0; turn <= ROUNDS; turn += 1) rounds.push({ bare: await round("bare"), ours: await round("ours") });
  tell(rounds.slice(1));
});

async function measured(program: Program, postgres: number, load: Load, server: string): Promise<Round> {
  const used = async () => {
    const own = await program.cpu();
    return { server: own, postgres: cpuBelow(postgres), worker: cpuBelow(program.pid) - own };
  };
  const before = await used();
  const began = performance.now();
  const told = await load.talk({ server, rate: RATE, seconds: SECONDS });
  const after = await used();
  const seconds = (performance.now() - began) / 1_000;
  return {
    told,
    server: (after.server - before.server) / seconds,
    postgres: (after.postgres - before.postgres) / seconds,
    worker: (after.worker - before.worker) / seconds,
  };
}

function tell(rounds: readonly { readonly ours: Round; readonly bare: Round }[]): void {
  const of = (server: "ours" | "bare", figure: (round: Round) => number): number =>
    median(rounds.map((round) => figure(round[server])));
  const sum = (figure: (told: Told) => number): number =>
    rounds.reduce((total, { ours, bare }) => total + figure(ours.told) + figure(bare.told), 0);
  const ratio = median(rounds.map(({ ours, bare }) => ours.server / bare.server));
  // While the machine was busy with other things neither says anything about a server.
  const quiet = rounds.filter(({ bare }) => bare.told.p99 < 40);
  const quietP99 = median(quiet.map(({ ours }) => ours.told.p99));
  const lost = sum((told) => told.lost + told.refused);

  report({
    bench: "delivery",
    role: ROLE,
    sockets: SOCKETS,
    channels: CHANNELS,
    deliveries_per_second: (RATE * SOCKETS) / CHANNELS,
    cpu_ms_per_second: of("ours", ({ server }) => server),
    baseline_cpu_ms_per_second: of("bare", ({ server }) => server),
    cpu_ratio: ratio,
    postgres_cpu_ms_per_second: of("ours", ({ postgres }) => postgres),
    worker_cpu_ms_per_second: of("ours", ({ worker }) => worker),
    clients_cpu_ms_per_second: of("ours", ({ told }) => told.cpu / SECONDS),
    p50_ms: of("ours", ({ told }) => told.p50),
    p99_ms: of("ours", ({ told }) => told.p99),
    baseline_p50_ms: of("bare", ({ told }) => told.p50),
    baseline_p99_ms: of("bare", ({ told }) => told.p99),
    quiet_rounds: quiet.length,
    p99_ms_in_quiet_rounds: quietP99,
    lost,
    goal: "CPU ≤ 1.5 times Hocuspocus'; p99 under 50 ms where Hocuspocus is under 40; nothing lost",
    ok: ratio <= 1.5 && quietP99 < 50 && lost === 0,
  });
}
