import type { Duplex } from "node:stream";

/** How many may be on their way out at a time, */
const MAX_LEAVING = 64;
/** and for how long, in ms. */
const FAREWELL = 2_000;

/**
 * The way out for connections whose clients have been told to go. Each gets a moment to hear it; but a client that never
 * answers would hold its connection for half a minute, and any number of them any number.
 */
export function createExit(): (connection: Duplex) => void {
  const leaving = new Set<Duplex>();

  function close(connection: Duplex): void {
    leaving.delete(connection);
    connection.destroy();
  }

  return (connection) => {
    const [longest] = leaving;
    if (longest !== undefined && leaving.size >= MAX_LEAVING) close(longest);
    leaving.add(connection);
    const timer = setTimeout(() => close(connection), FAREWELL).unref();
    connection.once("close", () => {
      clearTimeout(timer);
      leaving.delete(connection);
    });
  };
}
