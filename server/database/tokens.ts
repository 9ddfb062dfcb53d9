import { createHash, randomBytes } from "node:crypto";

/** The secret of a link, with 192 bits that nobody guesses. */
export const newToken = (): string => randomBytes(24).toString("base64url");

/** What the tables keep of a secret: a copy of them opens nothing. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
