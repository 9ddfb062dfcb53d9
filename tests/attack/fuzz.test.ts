import { expect, test } from "vitest";

import { createArena, type Step } from "./support/arena.ts";
import { createDice } from "./support/dice.ts";
import { createMutants } from "./support/mutants.ts";
import { shown, smallest } from "./support/shrink.ts";

/** Repeat a failure with FUZZ_SEED, search longer with FUZZ_CASES. */
const SEED = Number(process.env["FUZZ_SEED"] ?? Date.now() % 2 ** 31);
const CASES = Number(process.env["FUZZ_CASES"] ?? 200_000);
/** Frames that one document lives through. */
const LIFE = 150;

interface Failure {
  readonly steps: readonly Step[];
  readonly error: unknown;
}

/** One document's life: what became of its frames, or what went wrong. */
function live(seed: number, count: (verdict: string) => void): Failure | undefined {
  const arena = createArena();
  const mutants = createMutants(arena, createDice(seed));
  const steps: Step[] = [];
  try {
    for (let frames = 0; frames < LIFE;) {
      const step = mutants.next();
      steps.push(step);
      const verdict = arena.take(step);
      if (step === "commit") continue;
      frames += 1;
      count(verdict);
    }
    arena.take("commit");
    return undefined;
  } catch (error) {
    return { steps, error };
  }
}

function fails(steps: readonly Step[]): boolean {
  const arena = createArena();
  try {
    for (const step of [...steps, "commit" as const]) arena.take(step);
    return false;
  } catch {
    return true;
  }
}

test(
  `${CASES} honest frames, most of them spoilt, do nothing that the gate does not promise`,
  { timeout: 600_000 },
  () => {
    const verdicts = new Map<string, number>();
    const count = (verdict: string): void => void verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);

    for (let cases = 0; cases < CASES; cases += LIFE) {
      const failure = live(SEED + cases, count);
      if (failure === undefined) continue;
      const steps = smallest(failure.steps, fails).map(shown).join("\n");
      throw new Error(`FUZZ_SEED=${SEED + cases}\n${steps}`, { cause: failure.error });
    }

    // A fuzzer that is refused at the door finds nothing: all that the gate can say must have been said.
    expect([...verdicts.keys()]).toEqual(
      expect.arrayContaining([
        "admitted",
        "known",
        "behind",
        "malformed",
        "invalid",
        "forbidden",
        "id-reused",
        "too-early",
        "too-late",
        "deletes-refused",
        "missing-dependency",
        "fork",
        "foreign-client",
      ]),
    );
    expect(verdicts.get("admitted")).toBeGreaterThan(CASES / 10);
  },
);
