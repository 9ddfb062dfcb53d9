import { destination, pino, stdSerializers, type Logger } from "pino";

/** Where everything that an operator may have to know is written. Never with what people write to each other. */
export type Log = Logger;

/** A log on standard error: standard output is for the person at the terminal. */
export const createLog = (level: string, part: string): Log =>
  pino(
    {
      level,
      base: { part, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      // Under either name an error is written with its stack and its cause.
      serializers: { err: stdSerializers.err, error: stdSerializers.err },
    },
    destination({ fd: 2, sync: true }),
  );
