import { existsSync } from "node:fs";
import { sep } from "node:path";

import files from "@fastify/static";

import type { App } from "./dependencies.ts";
import { sendProblem } from "./problem.ts";

const YEAR = 31_536_000;

/** Serves the client. Any other address opens it too, for it has its own; what is not there of the API is a problem. */
export async function servePages(app: App, folder: string | undefined): Promise<void> {
  const there = folder !== undefined && existsSync(folder);
  if (there) {
    await app.register(files, {
      root: folder,
      wildcard: false,
      preCompressed: true,
      // The build puts a hash into the names of what lies in assets; everything else may change under its name.
      setHeaders: (response, path) =>
        void response.header(
          "cache-control",
          path.includes(`${sep}assets${sep}`) ? `public, max-age=${YEAR}, immutable` : "no-cache",
        ),
    });
    // Browsers ask for it of themselves where a page names no icon, as the documentation and plain JSON do not.
    app.get("/favicon.ico", { schema: { hide: true } }, (_request, reply) => reply.sendFile("icon.svg"));
  }

  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === "GET" &&
      !request.url.startsWith("/api/") &&
      (request.headers.accept ?? "").includes("text/html");
    return there && isPage ? reply.sendFile("index.html") : sendProblem(reply, { kind: "not-found" });
  });
}
