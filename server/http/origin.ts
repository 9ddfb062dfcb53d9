import type { IncomingMessage } from "node:http";

import { verifyRequestOrigin } from "lucia";

/**
 * Whether a request comes from a page of our own, or from no page at all. A cookie alone would let any site act for its
 * visitor: every request that changes something, and every socket, is asked this first.
 */
export function isSameSite({ headers }: Pick<IncomingMessage, "headers">, publicUrl?: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  return verifyRequestOrigin(
    headers.origin ?? "",
    [headers.host ?? "", publicUrl ?? ""].filter((host) => host !== ""),
  );
}
