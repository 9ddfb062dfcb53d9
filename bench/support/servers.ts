import type { Config } from "#server/config.ts";
import type { Workplace } from "#server/workplace.ts";

import { startProgram, type Program } from "./program.ts";

/** The whole server, on the PostgreSQL of this bench; with its worker where it is not told otherwise. */
export const startOurs = (
  { installation }: Workplace,
  { DATA_DIR }: Config,
  environment: Readonly<Record<string, string>> = {},
): Promise<Program> =>
  startProgram("server/main.ts", { DATABASE_URL: installation.url, DATA_DIR, LOG_LEVEL: "error", ...environment });

/** Hocuspocus as its package gives it: documents in memory, no extensions, everybody may do everything. */
export const startBare = (): Promise<Program> => startProgram("bench/support/bare-hocuspocus.ts");

/** No documents at all: what comes in goes out to all. */
export const startPlain = (): Promise<Program> => startProgram("bench/support/plain-broadcast.ts");
