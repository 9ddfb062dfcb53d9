import { Server } from "@hocuspocus/server";

const server = new Server({ address: "127.0.0.1", port: 0, quiet: true });
await server.listen();
console.log(`Hocuspocus is open at ${server.httpURL}\n`);

// Whoever started us is gone, without having been able to say so.
process.on("disconnect", () => process.exit());
