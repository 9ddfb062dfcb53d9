import type { Extension } from "@hocuspocus/server";

import { NotAdmitted } from "./admission.ts";
import type { SocketContext } from "./sockets.ts";
import type { Visitor } from "./visitor.ts";

/** What this server does at Hocuspocus' hooks. */
export type Serving = Extension<SocketContext> &
  Required<Pick<Extension<SocketContext>, "onAuthenticate" | "onLoadDocument" | "connected">>;

/**
 * A hook that throws where Hocuspocus does not expect it ends the process; where it does, it is taken for a refusal. But
 * trouble of our own refuses nobody: the socket ends with a code after which clients come back.
 */
export function guarded(serving: Serving, failed: (error: unknown) => void): Extension<SocketContext> {
  /** Who has been let in and waits for a document to be loaded, by its name: Hocuspocus loads it once for all of them. */
  const waiting = new Map<string, Set<Visitor>>();

  function wait(name: string, visitor: Visitor): void {
    waiting.set(name, (waiting.get(name) ?? new Set()).add(visitor));
  }

  function turnBack(error: unknown, visitors: Iterable<Visitor>): never {
    if (error instanceof NotAdmitted) throw error;
    failed(error);
    for (const { end } of visitors) end(1011, "trouble");
    // Hocuspocus writes every message into the log, and it is there already.
    throw new Error();
  }

  return {
    ...serving,
    async onAuthenticate(payload) {
      const { context, documentName, instance } = payload;
      const letIn = serving.onAuthenticate(payload).catch((error: unknown) => turnBack(error, [context]));
      // One after the other: each asks the database, and behind one that is let go again at once the same comes once more.
      context.hold(letIn);
      const more = await letIn;
      // For whoever has gone meanwhile nothing is loaded, and nobody would stop waiting.
      if (context.isThere() && !instance.documents.has(documentName)) wait(documentName, context);
      return more;
    },
    onLoadDocument: ({ documentName, ...payload }) =>
      serving
        .onLoadDocument({ documentName, ...payload })
        .catch((error: unknown) => turnBack(error, waiting.get(documentName) ?? []))
        .finally(() => waiting.delete(documentName)),
    connected: (payload) => serving.connected(payload).catch(failed),
  };
}
