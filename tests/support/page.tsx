import { createMemoryHistory, MemoryRouter, Route } from "@solidjs/router";
import { cleanup, render } from "@solidjs/testing-library";
import { createSignal, type Component } from "solid-js";
import { afterEach } from "vitest";

import { createApi, createApiOf, type ApiOptions } from "#client/api/create-api.ts";
import { ApiContext } from "#client/api/use-api.ts";
import { LaterApiContext } from "#client/api/use-later-api.ts";
import type { Local } from "#client/sync/local.ts";
import { LocalContext } from "#client/sync/use-local.ts";
import { SessionContext, type Account } from "#client/sync/use-session.ts";
import { laterEndpoints } from "#shared/protocol/http/later-endpoints.ts";
import type { MemberId } from "#shared/ids.ts";
import { problems, type Problem, type ProblemCode } from "#shared/protocol/problems.ts";

import { createMemoryLocal } from "./local.ts";

/** What the server answers, by method and path below the API's root; `undefined` is no network. */
type Answers = Readonly<Record<string, (body: unknown) => unknown>>;

interface Options {
  /** The route that the page has, and the address at which it is opened. */
  readonly path?: string;
  readonly at?: string;
  readonly answers?: Answers;
  readonly local?: Local;
  readonly signedOut?: boolean;
}

/** A problem as the server tells it. */
export const refusal = (code: ProblemCode, more: Partial<Problem> = {}): Problem => ({
  type: "about:blank",
  title: problems[code].title,
  status: problems[code].status,
  code,
  detail: problems[code].text,
  ...more,
});

export const epod = { id: "01900000-0000-7000-8000-000000000001" as MemberId, name: "epod" };

/** Opens one page of the client, signed in on a device without a network of its own, before a server that one writes down. */
export function openPage(
  page: Component,
  { path = "/", at = path, answers = {}, local, signedOut = false }: Options = {},
) {
  const asked: { readonly call: string; readonly body: unknown }[] = [];
  const mine = local ?? createMemoryLocal({ me: epod });
  const [open, setOpen] = createSignal(signedOut ? undefined : mine);
  const left = { times: 0 };
  const history = createMemoryHistory();
  history.set({ value: at });

  const session = {
    local: open,
    enter: async (_account: Account) => void setOpen(() => mine),
    async leave() {
      left.times += 1;
      setOpen(undefined);
    },
  };
  const server: ApiOptions = {
    baseUrl: "http://moot.example",
    fetch: async (input, init) => {
      const { pathname } = new URL(new Request(input).url);
      const call = `${init?.method ?? "GET"} ${pathname.replace("/api/v1", "")}`;
      const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : undefined;
      asked.push({ call, body });
      const answer = answers[call]?.(body);
      if (answer === undefined) throw new TypeError("no network");
      return new Response(JSON.stringify(answer), { status: statusOf(answer) });
    },
  };

  render(() => (
    <ApiContext.Provider value={createApi(server)}>
      <LaterApiContext.Provider value={createApiOf(laterEndpoints, server)}>
        <SessionContext.Provider value={session}>
          <LocalContext.Provider value={mine}>
            <MemoryRouter history={history}>
              <Route path={path} component={page} />
              <Route path="*" component={() => null} />
            </MemoryRouter>
          </LocalContext.Provider>
        </SessionContext.Provider>
      </LaterApiContext.Provider>
    </ApiContext.Provider>
  ));

  return { asked, address: () => history.get(), left };
}

afterEach(cleanup);

const statusOf = (answer: unknown): number =>
  typeof answer === "object" && answer !== null && "status" in answer ? Number(answer.status) : 200;

// The test's DOM knows neither style nor scrolling nor modal dialogs; to the page they open and close.
globalThis.CSS ??= { supports: () => false, escape: (text: string) => text } as unknown as typeof CSS;
window.scrollTo = () => {};
Element.prototype.scrollIntoView ??= () => {};
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};
