import { useLocation } from "@solidjs/router";

/** The secret of a link like `/reset#…`. It stands behind the hash, which browsers send to nobody. */
export const useSecretOfLink = (): string => useLocation().hash.slice(1);
