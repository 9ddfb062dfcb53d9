import type { Api } from "./create-api.ts";

/** People by the beginning of a word of their name; nobody while the server cannot be asked. */
export const findPeople =
  (api: Api) =>
  async (q: string, signal: AbortSignal): Promise<readonly { readonly id: string; readonly name: string }[]> => {
    const answer = await api.findPeople({ q }, signal);
    return answer.ok ? answer.value.people : [];
  };
