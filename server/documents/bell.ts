import type { Moved, Ring } from "./doorbell.ts";

export const writeBell = ({ document, version }: Moved): string => `${document} ${version}`;

const BELL = /^(\S{1,100}) (\d{1,15})$/;

/** Anybody may have rung: what is no bell is nothing. */
export function parseBell(payload: string): Moved | undefined {
  const [, document, version] = BELL.exec(payload) ?? [];
  return document === undefined ? undefined : { document, version: Number(version) };
}

/** One ringing is in flight; what moves meanwhile waits for the next, where a document rings once, for its last version. */
export function createRinger(send: (bells: readonly string[]) => Promise<unknown>, failed: (error: unknown) => void) {
  const waiting = new Map<string, Moved>();
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.size > 0) {
      const bells = [...waiting.values()].map(writeBell);
      waiting.clear();
      await send(bells).catch(failed);
    }
    running = undefined;
  }

  const ring: Ring = (moved) => {
    moved.forEach((one) => waiting.set(one.document, one));
    running ??= Promise.resolve().then(run);
  };
  return { ring, idle: async (): Promise<void> => running };
}
