import { setTimeout as pause } from "node:timers/promises";

import { CannotStart } from "./cannot-start.ts";
import { announcedDatabase, lockDataDirectory, prepareDataDirectory } from "./data-directory.ts";
import { startEmbeddedPostgres } from "./embedded.ts";

/** Where an installation's database is: on somebody else's server, or in the data directory. */
export interface Place {
  readonly dataDirectory: string;
  readonly databaseUrl: string | undefined;
}

export interface Installation {
  readonly url: string;
  /** Whether another process serves this installation now, and its worker projects what is written. */
  readonly isServed: boolean;
  onExit(tell: (why: string) => void): void;
  close(): Promise<void>;
}

/** Takes the data directory for this process alone and starts its database, unless there is another one to use. */
export async function openInstallation({ dataDirectory, databaseUrl }: Place): Promise<Installation> {
  prepareDataDirectory(dataDirectory);
  if (databaseUrl !== undefined) return elsewhere(databaseUrl);
  const opened = await open(dataDirectory);
  if (opened === undefined)
    throw new CannotStart(`Another Folkmoot is running on ${dataDirectory}: stop it, or choose another DATA_DIR.`);
  return opened;
}

/** For commands: uses the database of the process that serves this installation, and starts it where none does. */
export async function joinInstallation({ dataDirectory, databaseUrl }: Place): Promise<Installation> {
  prepareDataDirectory(dataDirectory);
  if (databaseUrl !== undefined) return elsewhere(databaseUrl);
  return (await open(dataDirectory)) ?? { ...elsewhere(await announced(dataDirectory)), isServed: true };
}

const elsewhere = (url: string): Installation => ({
  url,
  isServed: false,
  onExit: () => undefined,
  close: () => Promise.resolve(),
});

async function open(dataDirectory: string): Promise<Installation | undefined> {
  const lock = lockDataDirectory(dataDirectory);
  if (lock === undefined) return undefined;
  try {
    const postgres = await startEmbeddedPostgres(dataDirectory);
    lock.announce(postgres.url);
    return {
      url: postgres.url,
      isServed: false,
      onExit: postgres.onExit,
      close: () => postgres.stop().finally(lock.release),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The other process may just be starting. */
async function announced(dataDirectory: string): Promise<string> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const url = announcedDatabase(dataDirectory);
    if (url !== undefined) return url;
    if (Date.now() > deadline)
      throw new CannotStart(`Another process uses ${dataDirectory} and does not say where its database is.`);
    await pause(100);
  }
}
