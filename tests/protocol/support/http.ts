import type { AddressInfo } from "node:net";

import { collectConsequences } from "#server/documents/authority-change.ts";
import { setPassword } from "#server/auth/credentials.ts";
import { testApi } from "#tests/support/api.ts";
import { person } from "#tests/support/people.ts";

import type { Example, Line } from "./document.ts";
import { matches } from "./matches.ts";
import { BOB, createValues } from "./values.ts";

const PASSWORD = "correct horse battery";

/** Has a conversation of the page with the HTTP API, over real connections. */
export async function request({ lines }: Example): Promise<void> {
  const api = await testApi();
  const values = createValues();
  const cookies = new Map<string, string>();
  const answers = new Map<string, { readonly status: number; readonly body: unknown }>();
  let addresses = 0;

  try {
    await person(api.db, "bob", BOB);
    await api.db.updateTable("person").set({ login: "bob" }).where("id", "=", BOB).execute();
    await setPassword(api.db, collectConsequences().consequences, BOB, PASSWORD);
    await api.app.listen({ host: "127.0.0.1", port: 0 });
    const origin = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
    if (!lines.some((line) => line.kind === "act" && line.rest.includes("/sign-in")))
      await send(origin, "bob", `POST /api/v1/sign-in {"login": "bob", "password": "${PASSWORD}"}`);
    for (const line of lines) await play(origin, line);
  } finally {
    await api.close();
  }

  async function play(origin: string, line: Line): Promise<void> {
    if (line.kind !== "act") throw new Error("nothing happens elsewhere over HTTP");
    for (let time = 0; time < line.times; time += 1) {
      if (line.what === ">") await send(origin, line.who, line.rest);
      else hears(line.who, line.rest);
    }
  }

  async function send(origin: string, who: string, rest: string): Promise<void> {
    const [, method = "", path = "", json] = /^(\S+) (\S+)(?: (.*))?$/.exec(rest) ?? [];
    // One address for each of them; "somebody" is another one each time.
    const address = who.startsWith("somebody") ? `10.0.${(addresses += 1)}.1` : `10.1.1.${who.length}`;
    const response = await fetch(`${origin}${values.said(path)}`, {
      method,
      headers: {
        origin,
        cookie: cookies.get(who) ?? "",
        "x-forwarded-for": address,
        ...(json === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(values.read(json)) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) cookies.set(who, cookie.split(";")[0] ?? "");
    answers.set(who, { status: response.status, body: JSON.parse((await response.text()) || "null") });
  }

  function hears(who: string, rest: string): void {
    const [, status = "", json = "{}"] = /^(\d+)(?: (.*))?$/.exec(rest) ?? [];
    const answer = answers.get(who);
    if (answer?.status !== Number(status) || !matches(answer.body, values.read(json)))
      throw new Error(`heard ${JSON.stringify(answer)}`);
  }
}
