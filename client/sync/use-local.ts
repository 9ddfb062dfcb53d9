import { createContext, useContext } from "solid-js";

import type { Local } from "./local.ts";

export const LocalContext = createContext<Local>();

/** What the signed-in person has on this device. Only below the frame, where somebody is signed in. */
export function useLocal(): Local {
  const local = useContext(LocalContext);
  if (local === undefined) throw new Error("useLocal outside of LocalContext");
  return local;
}
