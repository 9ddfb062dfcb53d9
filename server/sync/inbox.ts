import type { WebSocket } from "ws";

/** Takes nothing more that a socket sends until this is over. */
export type Hold = (until: Promise<unknown>) => void;

/**
 * Hands on what a socket sends, in order, and each message in a turn of its own. What has been read from the network
 * already when somebody is asked to wait waits here: of tiny messages that is a thousand. What is left when the socket
 * closes is nobody's any more.
 */
export function openInbox(socket: WebSocket, take: (bytes: Buffer) => void): Hold {
  const waiting: Buffer[] = [];
  let holds = 0;
  let isDue = false;

  function next(): void {
    isDue = false;
    if (holds > 0) return;
    const bytes = socket.readyState === socket.OPEN ? waiting.shift() : undefined;
    if (bytes === undefined) return socket.resume();
    take(bytes);
    goOn();
  }

  function goOn(): void {
    if (isDue) return;
    isDue = true;
    setImmediate(next);
  }

  function release(): void {
    holds -= 1;
    if (holds === 0) goOn();
  }

  socket.on("message", (bytes: Buffer) => {
    if (holds > 0 || isDue) waiting.push(bytes);
    else if (socket.readyState === socket.OPEN) take(bytes);
  });

  return (until) => {
    holds += 1;
    socket.pause();
    until.then(release, release);
  };
}
