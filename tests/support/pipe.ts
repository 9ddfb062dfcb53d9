import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A way to PostgreSQL that can fall silent without closing, as one does whose other end was pulled out or has frozen. */
export interface Pipe extends AsyncDisposable {
  /** The same database, through the pipe. */
  readonly url: string;
  /** Nothing passes any more, and nobody is told. What has been said then is lost. */
  freeze(): void;
  /** New connections go through again; those that were frozen stay silent. */
  thaw(): void;
}

/** `url`: of a database whose socket lies in a folder. */
export async function openPipe(url: string): Promise<Pipe> {
  const folder = mkdtempSync(join(tmpdir(), "folkmoot-pipe-"));
  const { searchParams } = new URL(url.replace("postgres://", "http://here"));
  const name = `.s.PGSQL.${searchParams.get("port") ?? "5432"}`;
  const sockets = new Set<Socket>();
  let isFrozen = false;

  const server = createServer((near) => {
    const far = createConnection(join(searchParams.get("host") as string, name));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined);
      from.on("close", () => (sockets.delete(from), to.destroy()));
      if (isFrozen) from.pause();
      else from.pipe(to);
    }
  });
  await new Promise<void>((listening) => server.listen(join(folder, name), listening));

  return {
    url: url.replace(encodeURIComponent(searchParams.get("host") as string), encodeURIComponent(folder)),
    freeze() {
      isFrozen = true;
      sockets.forEach((socket) => socket.unpipe().pause());
    },
    thaw: () => void (isFrozen = false),
    async [Symbol.asyncDispose]() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((closed) => server.close(closed));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
