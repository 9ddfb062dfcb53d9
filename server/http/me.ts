import type { Me } from "#shared/protocol/http/account.ts";
import type { Session } from "#server/auth/sessions.ts";

import type { WebDependencies } from "./dependencies.ts";

/** Who is signed in, and which history of the server they look at. */
export const meOf = async ({ incarnation }: WebDependencies, { handle, person }: Session): Promise<Me> => ({
  ...person,
  session: handle,
  incarnation: await incarnation(),
});
