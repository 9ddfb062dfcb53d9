import { chainActs, type Chain } from "./chain.ts";
import { endOf } from "./end.ts";
import { record } from "./record.ts";

/**
 * Takes the present end of the chain for its end, where another one was kept: a restored database lacks what came after
 * its backup, or what was kept was lost itself. That this was done, and how much is lacking, is an act itself.
 */
export async function acceptEnd(chain: Chain): Promise<{ readonly kept: number | null; readonly now: number }> {
  const recorded = chain.head.read();
  const kept = recorded === undefined || recorded instanceof Error ? null : recorded.position;
  const { position, hash } = await endOf(chain.db);
  const act = { actor: null, act: "audit.end-accepted", target: { kind: "platform", id: "audit" } } as const;
  await record(chain.db, { ...act, details: { kept, now: position } });
  chain.head.write({ position, hash: hash.toString("hex") });
  await chainActs(chain);
  return { kept, now: position };
}
