/** Secrets stand behind the hash, which a browser sends to nobody: no log and no proxy sees them. */
export const links = {
  firstAdmin: (origin: string, token: string): string => `${origin}/first-admin#${token}`,
  reset: (origin: string, token: string): string => `${origin}/reset#${token}`,
  signIn: (origin: string, token: string): string => `${origin}/sign-in-link#${token}`,
  invitation: (origin: string, token: string): string => `${origin}/invitation#${token}`,
} as const;
