import { createContext, useContext, type Accessor } from "solid-js";

import type { MemberId } from "#shared/ids.ts";

import type { Local } from "./local.ts";

/** Who somebody is, as the server said when they signed in. */
export interface Account {
  readonly id: MemberId;
  readonly name: string;
  readonly platformAdmin: boolean;
  readonly incarnation: string;
}

/** The account that this browser shows, or none. */
export interface Session {
  readonly local: Accessor<Local | undefined>;
  /** Opens an account's data on this device, after a sign-in or a sign-up. */
  readonly enter: (account: Account) => Promise<void>;
  /** Closes it after a sign-out and removes it from this device. Ask about unsent text before. */
  readonly leave: () => Promise<void>;
}

export const SessionContext = createContext<Session>();

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("useSession outside of SessionContext");
  return session;
}
