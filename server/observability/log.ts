import { destination, pino, stdTimeFunctions, type Logger } from "pino";

/** Where everything that an operator may have to know is written. Never with what people write to each other. */
export type Log = Logger;

/** A log on standard error: standard output is for the person at the terminal. */
export const createLog = (level: string, part: string): Log =>
  pino(
    {
      level,
      base: { part, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      serializers: { err: describe, error: describe },
    },
    destination({ fd: 2, sync: true }),
  );

/** Of an error what explains it, and not all that hangs on it: drivers add whole connections. */
export function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describe(error.cause) }),
  };
}
