import type { Wiretap } from "#tests/support/browser.ts";
import { takeApart, type Heard } from "#tests/attack/support/wire.ts";

/** Where a connection is cut while something is sent; what has not arrived by then never does on this connection. */
export const points = ["frame", "answer", "echo", "acknowledgement"] as const;
export type Point = (typeof points)[number];

/** A network that breaks once, just where it is told to. */
export interface Faults extends Wiretap {
  /** With the next frame that is sent to a channel. */
  arm(point: Point): void;
  /** Whether something was lost since it was armed. */
  isBroken(): boolean;
  /** Frames that were on their way when the connection broke: they may still arrive. */
  readonly onTheWay: Uint8Array[];
}

export function createFaults(cut: () => void): Faults {
  const onTheWay: Uint8Array[] = [];
  let armed: Point | undefined;
  let isSent = false;
  let isBroken = false;

  function breakNow(): void {
    armed = undefined;
    isBroken = true;
    cut();
  }

  return {
    onTheWay,
    arm(point) {
      armed = point;
      isSent = isBroken = false;
    },
    isBroken: () => isBroken,
    leaves(bytes) {
      if (armed === undefined || !isFrame(takeApart(bytes))) return true;
      isSent = true;
      if (armed !== "frame") return true;
      onTheWay.push(bytes);
      breakNow();
      return false;
    },
    arrives(bytes) {
      if (armed === undefined || !isSent) return true;
      const heard = takeApart(bytes);
      const passes = armed === "echo" ? !isFrame(heard) : armed === "acknowledgement" && !isAnswer(heard);
      // The answer may overtake the echo: where only the answer is lost, the line goes dead when the echo has come.
      if (isAnswer(heard) && armed === "acknowledgement") [armed, isBroken] = [undefined, true];
      // What passes is heard before the line goes dead.
      if (isAnswer(heard) && armed !== undefined) queueMicrotask(breakNow);
      return passes;
    },
  };
}

const isFrame = (heard: Heard): boolean => heard.kind === "update" && heard.address.startsWith("channel:");

const isAnswer = (heard: Heard): boolean =>
  heard.kind === "said" && (heard.message?.type === "committed" || heard.message?.type === "refused");
