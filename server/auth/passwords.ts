import { hash, verify } from "@node-rs/argon2";

/** OWASP's recommendation for Argon2id, which is what the library takes by itself. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(normal(password), COST);

/** Whether the password belongs to the hash. Takes as long where there is no hash: time must not tell that somebody is unknown. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword("nobody has this one");
  const matches = await verify(stored ?? (await decoy), normal(password));
  return matches && stored !== undefined;
}

let decoy: Promise<string> | undefined;

/** One text in several encodings is one password: keyboards differ. */
const normal = (password: string): string => password.normalize("NFKC");
