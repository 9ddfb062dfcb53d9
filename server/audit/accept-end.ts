import { chainActs, endOf, type Chain } from "./chain.ts";
import { record } from "./record.ts";

/**
 * Takes the present end of the chain for its end, where another one was kept: a restored database lacks what came after
 * its backup. That this was done, and how much is lacking, is an act itself.
 */
export async function acceptEnd(chain: Chain): Promise<{ readonly kept: number; readonly now: number }> {
  const kept = chain.head.read()?.position ?? 0;
  const { position, hash } = await endOf(chain.db);
  const act = { actor: null, act: "audit.end-accepted", target: { kind: "platform", id: "audit" } } as const;
  await record(chain.db, { ...act, details: { kept, now: position } });
  chain.head.write({ position, hash: hash.toString("hex") });
  await chainActs(chain);
  return { kept, now: position };
}
