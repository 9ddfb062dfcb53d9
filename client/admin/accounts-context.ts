import { createContext, useContext } from "solid-js";

import type { Pages } from "#client/api/create-pages.ts";
import type { Account } from "#shared/protocol/http/admin/people.ts";

/** So that the open person's changes show in the list behind. */
export const AccountsContext = createContext<Pages<Account>>();
export const useAccounts = () => useContext(AccountsContext);
