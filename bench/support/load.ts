import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { Seat } from "./crowd.ts";

/** Clients that connect to one server, which is given a name. */
export interface Crowd {
  readonly server: string;
  readonly url: string;
  readonly seats: readonly Seat[];
  /** There are no documents to be attached. */
  readonly plain?: boolean;
}

export interface Talk {
  readonly server: string;
  /** Messages a second. */
  readonly rate: number;
  readonly seconds: number;
}

export type Order =
  | ({ readonly do: "connect" } & Crowd)
  | ({ readonly do: "talk" } & Talk)
  | { readonly do: "one by one"; readonly server: string; readonly times: number }
  | { readonly do: "leave"; readonly server: string };

/** What came of some messages; from each one's sending until each one who hears it has it, in ms. */
export interface Told {
  readonly p50: number;
  readonly p99: number;
  readonly heard: number;
  readonly lost: number;
  readonly refused: number;
  /** What the clients themselves have used of the processors, in ms. */
  readonly cpu: number;
}

/** The clients of a bench, in a process of their own. Disposing of it ends them. */
export interface Load extends AsyncDisposable {
  connect(crowd: Crowd): Promise<void>;
  talk(talk: Talk): Promise<Told>;
  oneByOne(server: string, times: number): Promise<Told>;
  leave(server: string): Promise<void>;
}

export function startLoad(): Load {
  const child = fork(join(import.meta.dirname, "load-program.ts"), { execArgv: ["--max-old-space-size=4096"] });
  const gone = once(child, "exit");

  async function follow(order: Order): Promise<Told> {
    const answer = once(child, "message");
    child.send(order);
    const [{ told, problem }] = (await answer) as [{ told?: Told; problem?: string }];
    if (problem !== undefined) throw new Error(problem);
    return told as Told;
  }

  return {
    connect: async (crowd) => void (await follow({ do: "connect", ...crowd })),
    talk: (talk) => follow({ do: "talk", ...talk }),
    oneByOne: (server, times) => follow({ do: "one by one", server, times }),
    leave: async (server) => void (await follow({ do: "leave", server })),
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await gone;
    },
  };
}
