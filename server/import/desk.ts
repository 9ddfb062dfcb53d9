import type { MemberId } from "#shared/ids.ts";

import { createIdentities } from "./identities.ts";
import type { ImportDependencies, ImportOrder } from "./import-messages.ts";
import { createLogWriter, type KnownMessage, type LogWriter } from "./log-writer.ts";
import type { ForeignMessage } from "./parse-message.ts";
import { channelNamed } from "./places.ts";

/** Takes messages in batches and writes each when the next has come: so a reply finds its target a little behind it, too. */
export function createDesk(deps: ImportDependencies, order: ImportOrder) {
  const identities = createIdentities(deps.db, order.community);
  const writers = new Map<string, LogWriter>();
  let announced: readonly (readonly [LogWriter, readonly KnownMessage[]])[] = [];

  async function writerOf(name: string, openedAt: number): Promise<LogWriter> {
    const key = name.toLowerCase();
    const writer = writers.get(key) ?? (await openWriter(name, openedAt));
    writers.set(key, writer);
    return writer;
  }

  async function openWriter(name: string, openedAt: number): Promise<LogWriter> {
    const channel = await channelNamed(deps.db, deps.change, order.community, name, openedAt);
    return createLogWriter({ ...deps, full: deps.written }, channel, order.community);
  }

  async function announce(messages: readonly ForeignMessage[]): Promise<typeof announced> {
    const people = await identities.of(messages.map(({ author }) => author));
    const known = messages.map((message) => ({ ...message, person: people.get(message.author) as MemberId }));
    const parts: (readonly [LogWriter, readonly KnownMessage[]])[] = [];
    for (const [channel, own] of Map.groupBy(known, (message) => message.channel ?? order.channel)) {
      const writer = await writerOf(channel, (own[0] as KnownMessage).at);
      writer.announce(own);
      parts.push([writer, own]);
    }
    return parts;
  }

  return {
    async take(messages: readonly ForeignMessage[]): Promise<{ readonly fresh: number; readonly known: number }> {
      const next = await announce(messages);
      let [fresh, total] = [0, 0];
      for (const [writer, own] of announced) {
        fresh += await writer.write(own);
        total += own.length;
      }
      announced = next;
      return { fresh, known: total - fresh };
    },
    close(): number {
      writers.forEach((writer) => deps.written(writer.head()));
      return [...writers.values()].reduce((sum, writer) => sum + writer.lostReplies(), 0);
    },
  };
}
