import type { CreateSocket } from "./line.ts";
import type { createSocketFor } from "./socket.ts";

type Options = Parameters<typeof createSocketFor>[0];

const PAUSE = 5_000;

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

    function again(): void {
      events.closed();
      setTimeout(() => (isWanted ? connect().catch(again) : undefined), PAUSE);
    }

    return {
      connect() {
        isWanted = true;
        connect().catch(again);
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
