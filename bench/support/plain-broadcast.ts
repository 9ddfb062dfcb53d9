import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { WebSocketServer, type WebSocket } from "ws";

/** One room for each path. */
const rooms = new Map<string, Set<WebSocket>>();
const server = createServer();

new WebSocketServer({ server }).on("connection", (socket, { url = "" }) => {
  const room = rooms.get(url) ?? new Set();
  rooms.set(url, room.add(socket));
  socket.on("close", () => room.delete(socket));
  socket.on("message", (bytes: Buffer) => room.forEach((other) => other.send(bytes)));
});
server.listen(0, "127.0.0.1", () => {
  console.log(`It is open at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

// Whoever started us is gone, without having been able to say so.
process.on("disconnect", () => process.exit());
