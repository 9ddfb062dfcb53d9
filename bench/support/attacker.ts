import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { AttackName } from "./attacks.ts";
import type { Seat } from "./crowd.ts";

export interface Assault {
  readonly url: string;
  readonly seat: Seat;
  readonly attack: AttackName;
}

/** How much somebody hostile got rid of. */
export interface Spent {
  readonly sent: number;
  readonly sockets: number;
}

/** Somebody hostile, in a process of their own. Disposing of it ends them. */
export interface Attacker extends AsyncDisposable {
  /** Attacks for as long as something else is done. */
  during<Result>(
    assault: Assault,
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly spent: Spent }>;
}

export function startAttacker(): Attacker {
  const child = fork(join(import.meta.dirname, "attacker-program.ts"));
  const gone = once(child, "exit");

  return {
    async during(assault, work) {
      child.send(assault);
      const result = await work();
      const answer = once(child, "message");
      child.send("stop");
      const [spent] = (await answer) as [Spent];
      return { result, spent };
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await gone;
    },
  };
}
