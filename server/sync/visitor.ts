import { goesOn, type Line, type Peer } from "./peer.ts";

/** Whoever has opened a socket. */
export interface Visitor extends Line {
  /** Who that is, asked anew for each document, with the token that came with it. Undefined for nobody, or nobody any more. */
  identify(token: string): Promise<Peer | undefined>;
}

/** Somebody who was known before the socket opened. */
export const knownVisitor = (peer: Peer): Visitor => ({
  ...peer,
  identify: async () => ((await goesOn(peer)) !== undefined ? peer : undefined),
});

/**
 * Somebody who is nobody yet. The first token says who it is, for as long as the socket is open: one socket, one person,
 * and one token that can be tried.
 */
export function createStranger(line: Line, recognise: (token: string) => Promise<Peer | undefined>): Visitor {
  let shown: { readonly token: string; readonly peer: Promise<Peer | undefined> } | undefined;

  return {
    ...line,
    async identify(token) {
      shown ??= { token, peer: recognise(token) };
      const peer = shown.token === token ? await shown.peer : undefined;
      return peer !== undefined && (await goesOn(peer)) !== undefined ? peer : undefined;
    },
  };
}
