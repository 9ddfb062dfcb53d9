import { createServer } from "node:net";
import { networkInterfaces } from "node:os";

import { CannotStart } from "#server/database/cannot-start.ts";

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program uses it; choose another PORT",
  EACCES: "this user may not listen there; choose a PORT above 1023",
  EADDRNOTAVAIL: "this machine has no such address; choose another HOST",
  ENOTFOUND: "HOST is no known name",
  EAI_AGAIN: "HOST is no known name",
};

/** Says in a sentence why a port cannot be had, before anything else is started for it. */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
    await new Promise((resolve) => server.close(resolve));
  } catch (error) {
    throw explainPort(error, host, port);
  }
}

/** The sentence for a failure to listen, where it has one; else the failure itself. */
export function explainPort(error: unknown, host: string, port: number): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ""];
  return reason === undefined
    ? error
    : new CannotStart(`Cannot listen on port ${port} of ${host}: ${reason}.`, { cause: error });
}

/** Where others on the local network reach us, when we listen on every address. */
export function networkAddresses(host: string): readonly string[] {
  if (host !== "0.0.0.0" && host !== "::") return [];
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);
}
