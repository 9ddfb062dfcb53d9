import type { ChannelId, MemberId } from "#shared/ids.ts";

import type { WriterAccount } from "./resilient-writer.ts";

const post = (url: string, path: string, body: object, cookie = ""): Promise<Response> =>
  fetch(`${url}/api/v1${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", origin: url, cookie },
  });

/** Somebody new on a whole server. */
export async function signUp(url: string, login: string): Promise<WriterAccount> {
  const response = await post(url, "/sign-up", { login, password: "correct horse battery", name: login });
  const cookie = response.headers
    .getSetCookie()
    .map((set) => set.split(";")[0])
    .join("; ");
  const { id } = (await (await fetch(`${url}/api/v1/me`, { headers: { cookie } })).json()) as { readonly id: MemberId };
  return { person: id, cookie };
}

/** A channel in a community of one's own. */
export async function makeChannel(url: string, cookie: string): Promise<ChannelId> {
  const made = await post(url, "/communities", { name: "Northern Networks", access: "open" }, cookie);
  const { id } = (await made.json()) as { readonly id: string };
  const opened = await post(url, `/communities/${id}/channels`, { name: "support", kind: "chat" }, cookie);
  return ((await opened.json()) as { readonly id: ChannelId }).id;
}
