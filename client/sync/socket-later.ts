import type { CreateSocket } from "./line.ts";
import type { createSocketFor } from "./socket.ts";

type Options = Parameters<typeof createSocketFor>[0];

/**
 * A socket whose code comes when one connects: what is on this device is shown before anything is asked of a network.
 * Where the code cannot be had, the network cannot either.
 */
export const createSocketLater =
  (options: Options): CreateSocket =>
  (events) => {
    let socket: ReturnType<CreateSocket> | undefined;
    let isWanted = false;

    async function connect(): Promise<void> {
      const { createSocketFor } = await import("./socket.ts");
      if (!isWanted) return;
      socket ??= createSocketFor(options)(events);
      socket.connect();
    }

    return {
      connect() {
        isWanted = true;
        connect().catch(() => events.closed());
      },
      disconnect() {
        isWanted = false;
        socket?.disconnect();
      },
      openLine(document, doc, listener) {
        if (socket === undefined) throw new Error("a line without a socket");
        return socket.openLine(document, doc, listener);
      },
    };
  };
