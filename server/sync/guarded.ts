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
  const orEnd =
    ({ end }: Visitor) =>
    (error: unknown): never => {
      if (error instanceof NotAdmitted) throw error;
      failed(error);
      end(1011, "trouble");
      // Hocuspocus writes every message into the log, and it is there already.
      throw new Error();
    };
  return {
    ...serving,
    onAuthenticate: (payload) => serving.onAuthenticate(payload).catch(orEnd(payload.context)),
    onLoadDocument: (payload) => serving.onLoadDocument(payload).catch(orEnd(payload.context)),
    connected: (payload) => serving.connected(payload).catch(failed),
  };
}
