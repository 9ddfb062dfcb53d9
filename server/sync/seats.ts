import type { WebSocket } from "ws";

import type { MemberId } from "#shared/ids.ts";

/** Sockets that one person may have open: some tabs on some devices, and a few bots. */
const SEATS = 64;
/** Sockets of people whom nobody knows yet, who may talk as much as one frame each. */
const STANDING = 256;

/** How many sockets each person has open: a server has only so many. */
export interface Seats {
  /** Seats somebody for as long as the socket is open. Answers false where it is not any more, or all their seats are taken. */
  take(person: MemberId, socket: WebSocket): boolean;
  /** Lets somebody stand whom nobody knows yet, until what it answers is called. Answers nothing where too many stand already. */
  stand(socket: WebSocket): (() => void) | undefined;
}

export function createSeats(): Seats {
  const taken = new Map<MemberId, number>();
  const standing = new Set<WebSocket>();
  const change = (person: MemberId, by: number): void => {
    const now = (taken.get(person) ?? 0) + by;
    if (now > 0) taken.set(person, now);
    else taken.delete(person);
  };

  return {
    take(person, socket) {
      // Who it is was asked for a while, in which the socket may have closed: nobody would say so again.
      if (socket.readyState !== socket.OPEN) return false;
      if ((taken.get(person) ?? 0) >= SEATS) return false;
      change(person, 1);
      socket.once("close", () => change(person, -1));
      return true;
    },
    stand(socket) {
      if (standing.size >= STANDING) return undefined;
      const leave = (): void => void standing.delete(socket);
      standing.add(socket);
      socket.once("close", leave);
      return leave;
    },
  };
}
