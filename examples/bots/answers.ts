import { ulid } from "ulid";
import type { Doc } from "yjs";

interface Entry {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly body?: string;
  readonly re?: { readonly author: string; readonly id: string };
}

/** What is refused three times is refused. */
const TRIES = 3;

/**
 * What both bots do: to write "pong" below every "ping" in a channel that `me` has not answered yet. It only ever
 * appends to its own log, which is all that the server takes from it.
 */
export function createAnswers(me: string): (doc: Doc) => void {
  // The same entry at each try: one that got through after all is known then, and not said twice.
  const sent = new Map<string, { readonly entry: Entry; readonly times: number }>();
  const log = (doc: Doc, author: string): Entry[] => doc.getArray<Entry>(`log/${author}`).toArray();

  return (doc) => {
    const answered = new Set(log(doc, me).map(({ re }) => re?.id));
    const others = [...doc.share.keys()].filter((root) => root.startsWith("log/") && root !== `log/${me}`);
    for (const author of others.map((root) => root.slice(4))) {
      for (const ping of log(doc, author)) {
        const { entry, times } = sent.get(ping.id) ?? { entry: pong(author, ping), times: 0 };
        if (ping.body !== "ping" || answered.has(ping.id) || times === TRIES) continue;
        sent.set(ping.id, { entry, times: times + 1 });
        doc.getArray(`log/${me}`).push([entry]);
      }
    }
  };
}

function pong(author: string, { id, at }: Entry): Entry {
  // After what it answers, even where that clock is a little ahead.
  const now = Math.max(Date.now(), Math.min(at + 1, Date.now() + 1_000));
  return { id: ulid(now), at: now, kind: "message", body: "pong", re: { author, id } };
}
