import { startAttacker } from "./support/attacker.ts";
import { attacks, type AttackName } from "./support/attacks.ts";
import { gather } from "./support/crowd.ts";
import { startLoad, type Told } from "./support/load.ts";
import { median } from "./support/median.ts";
import { report } from "./support/report.ts";
import { startOurs } from "./support/servers.ts";
import { size } from "./support/sizes.ts";
import { throwAway } from "./support/throw-away.ts";

/**
 * Claim: while a member sends the worst that they can on one socket, as fast as they can, 99 of 100 deliveries to
 * everybody else take at most twice as long as without.
 * Baseline: the same clients in peace, before and after each attack.
 */
const SOCKETS = size("BENCH_SOCKETS", 200);
const CHANNELS = size("BENCH_CHANNELS", 10);
const RATE = size("BENCH_RATE", 100);
const SECONDS = size("BENCH_SECONDS", 3);
const ROUNDS = size("BENCH_ROUNDS", 3);

const NAMES = (Object.keys(attacks) as AttackName[]).filter((name) => name.includes(process.env["BENCH_ATTACK"] ?? ""));

interface Turn {
  readonly attack: AttackName;
  readonly p99: number;
  readonly calm: number;
  readonly sent: number;
  readonly sockets: number;
}

await throwAway(async (workplace, config) => {
  const seats = await gather(workplace.db, SOCKETS + NAMES.length, CHANNELS);
  await using ours = await startOurs(workplace, config, { ROLE: "web" });
  await using load = startLoad();
  await using attacker = startAttacker();
  await load.connect({ server: "ours", url: ours.url, seats: seats.slice(0, SOCKETS) });
  let lost = 0;
  const talk = async (): Promise<Told> => {
    const told = await load.talk({ server: "ours", rate: RATE, seconds: SECONDS });
    lost += told.lost + told.refused;
    return told;
  };

  await talk(); // warms the compiler up
  const turns: Turn[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    let before = await talk();
    for (const [index, attack] of NAMES.entries()) {
      const seat = seats[SOCKETS + index] as (typeof seats)[number];
      const { result, spent } = await attacker.during({ url: ours.url, seat, attack }, talk);
      const after = await talk();
      turns.push({
        attack,
        p99: result.p99,
        calm: (before.p99 + after.p99) / 2,
        ...spent,
      });
      before = after;
    }
  }
  tell(turns, lost);
});

function tell(turns: readonly Turn[], lost: number): void {
  const byAttack = Map.groupBy(turns, ({ attack }) => attack);
  const figures = [...byAttack].map(([attack, own]) => ({
    attack,
    p99_ms: median(own.map(({ p99 }) => p99)),
    calm_p99_ms: median(own.map(({ calm }) => calm)),
    ratio: median(own.map(({ p99, calm }) => p99 / calm)),
    sent_per_second: median(own.map(({ sent }) => sent / SECONDS)),
    sockets: median(own.map(({ sockets }) => sockets)),
  }));
  const worst = figures.toSorted((a, b) => b.ratio - a.ratio)[0];

  report({
    bench: "hostile",
    honest_deliveries_per_second: (RATE * SOCKETS) / CHANNELS,
    worst: worst?.attack,
    ratio: worst?.ratio,
    p99_ms: worst?.p99_ms,
    baseline_p99_ms: worst?.calm_p99_ms,
    attacks: Object.fromEntries(figures.map(({ attack, ...own }) => [attack, own])),
    lost,
    goal: "honest p99 ≤ 2 times that in peace, whatever is sent; nothing lost",
    ok: (worst?.ratio ?? Number.NaN) <= 2 && lost === 0,
  });
}
