import type { BrowserContext, Locator, Page } from "playwright-core";
import { expect } from "vitest";

import { createApiOf, type ApiOf } from "#client/api/create-api.ts";
import { allEndpoints } from "#shared/protocol/http/later-endpoints.ts";
import type { Result } from "#shared/result.ts";

import { holdings } from "./holdings.ts";

export const PASSWORD = "correct horse battery";

/** How long a person waits for what should be there at once, on a busy machine. */
const PATIENCE = 15_000;

/** Somebody before a browser: does and sees what a person would, in their words. */
export interface Guest {
  readonly name: string;
  readonly login: string;
  readonly context: BrowserContext;
  /** Has the server do something, where a test is not about the page for it. */
  asks<Value>(act: (api: ApiOf<typeof allEndpoints>) => Promise<Result<Value, unknown>>): Promise<Value>;
  /** The tab that they look at. */
  readonly page: Page;
  /** Errors that nothing on their pages caught. */
  readonly problems: readonly string[];
  newTab(path: string): Promise<Guest>;
  /** Gets up, and somebody else sits down at the same device. */
  givesWayTo(next: Pick<Guest, "name" | "login">): Guest;

  fillsInAccount(): Promise<void>;
  signsUp(): Promise<void>;
  /** The same, without having filled anything in. */
  arrives(url: string): Promise<void>;
  signsIn(): Promise<void>;
  signsOut(): Promise<void>;
  opens(path: string): Promise<void>;
  presses(...keys: readonly string[]): Promise<void>;

  composer(): Locator;
  message(text: string): Locator;
  /** Says it, and sees it at once. */
  says(text: string): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
  seesNo(text: string | RegExp): Promise<void>;
  hasTitle(title: string): Promise<void>;
  /** Sees by the message that the server has it. */
  knowsDelivered(text: string): Promise<void>;
  /** Does something to a message, by its menu. */
  does(act: string, text: string): Promise<void>;
  edits(text: string, to: string): Promise<void>;
  reacts(text: string, sign: string): Promise<void>;
  retracts(text: string): Promise<void>;
  hides(text: string, reason: string): Promise<void>;

  goesOffline(): Promise<void>;
  comesBack(): Promise<void>;
  /** How many sockets this tab holds open. */
  openSockets(): Promise<number>;
  /** The databases of this device that hold a text, or have it in their name. */
  holds(text: string): Promise<readonly string[]>;
  /** A document's copy on this device is a database that is named after it. */
  holdsReplicaOf(document: string): Promise<boolean>;
}

interface Who {
  readonly name: string;
  readonly login: string;
  readonly context: BrowserContext;
}

export async function createGuest({ context, ...first }: Who): Promise<Guest> {
  context.setDefaultTimeout(PATIENCE);
  const problems: string[] = [];
  await context.addInitScript(noteSockets);
  context.on("page", (page) => {
    page.on("pageerror", (error) => problems.push(`${first.name}: ${error.stack || error.message || String(error)}`));
  });
  return inTab(await context.newPage(), first);

  function inTab(page: Page, who: Pick<Who, "name" | "login">): Guest {
    const message = (text: string): Locator => page.getByRole("article").filter({ hasText: text });
    const composer = (): Locator => page.getByRole("textbox", { name: /^Message to/ });
    const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
    const dialog = (): Locator => page.getByRole("dialog");
    const gone = (what: Locator): Promise<void> => expect.poll(() => what.count(), { timeout: PATIENCE }).toBe(0);

    const guest: Guest = {
      ...who,
      context,
      async asks(act) {
        const answer = await act(createApiOf(allEndpoints, { fetch: fetchAs(context, () => page.url()) }));
        if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.problem)}`);
        return answer.value;
      },
      page,
      problems,
      async newTab(path) {
        const tab = await context.newPage();
        await tab.goto(path);
        return inTab(tab, who);
      },

      givesWayTo: ({ name, login }) => inTab(page, { name, login }),

      async fillsInAccount() {
        await page.getByLabel("Your name").fill(who.name);
        await page.getByLabel("Login").fill(who.login);
        await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
      },
      async signsUp() {
        await page.goto("/sign-up");
        await guest.fillsInAccount();
        await button("Create the account").click();
        await page.getByText("One seat is taken: yours.").waitFor();
      },
      async arrives(url) {
        const { name, login } = who;
        const api = createApiOf(allEndpoints, { fetch: fetchAs(context, () => url) });
        expect(await api.signUp({ login, password: PASSWORD, name })).toMatchObject({ ok: true });
        await page.goto(url);
        await page.locator(".app").waitFor();
      },
      async signsIn() {
        await page.goto("/sign-in");
        await page.getByLabel("Login").fill(who.login);
        await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
        await button("Sign in").click();
        await page.waitForURL((url) => url.pathname !== "/sign-in");
      },
      async signsOut() {
        await page.goto("/settings");
        await button("Sign out").click();
        await dialog()
          .getByRole("button", { name: /sign out$/i })
          .click();
        await page.waitForURL((url) => url.pathname === "/sign-in");
      },
      async opens(path) {
        await page.goto(path);
        await composer().waitFor();
      },
      async presses(...keys) {
        for (const key of keys) await page.keyboard.press(key);
      },

      composer,
      message,
      async says(text) {
        await composer().fill(text);
        await composer().press("Enter");
        await message(text).waitFor();
      },
      sees: (text) => page.getByText(text).first().waitFor(),
      seesNo: (text) => gone(page.getByText(text)),
      hasTitle: (title) => expect.poll(() => page.title(), { timeout: PATIENCE }).toBe(title),
      knowsDelivered: (text) => message(text).getByText("On the server").waitFor(),
      async does(act, text) {
        await message(text).hover();
        await message(text).getByRole("button", { name: "More", exact: true }).click();
        await page.getByRole("menuitem", { name: act }).click();
      },
      async edits(text, to) {
        await guest.does("Edit", text);
        const box = page.getByRole("textbox", { name: "Reword the message" });
        await box.fill(to);
        await box.press("Enter");
        await message(to).waitFor();
      },
      async reacts(text, sign) {
        await guest.does("React", text);
        await dialog().getByRole("button").filter({ hasText: sign }).first().click();
        await message(text).getByRole("button").filter({ hasText: sign }).waitFor();
      },
      async retracts(text) {
        await guest.does("Retract", text);
        await dialog().getByRole("button", { name: "Retract", exact: true }).click();
        await gone(message(text));
      },
      async hides(text, reason) {
        await guest.does("Hide", text);
        await dialog().getByLabel("Reason").fill(reason);
        await dialog().getByRole("button", { name: "Hide", exact: true }).click();
        await gone(message(text));
      },

      async goesOffline() {
        // Whoever loses the network later than at once has the whole app.
        await page.waitForFunction(() => !isSecureContext || navigator.serviceWorker.controller !== null);
        await context.setOffline(true);
        await page.getByText(/^Offline since/).waitFor();
        await expect.poll(() => guest.openSockets()).toBe(0);
      },
      async comesBack() {
        await context.setOffline(false);
        await gone(page.getByText(/^Offline since|^Connecting$/));
      },
      openSockets: () => page.evaluate(() => sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length),
      holds: (text) => page.evaluate(holdings, text),
      holdsReplicaOf: async (document) => (await guest.holds(document)).some((name) => name.includes(document)),
    };
    return guest;
  }
}

declare const sockets: WebSocket[];

/** Runs in a page before anything else: keeps every socket that it opens where we can look at it. */
function noteSockets(): void {
  const opened: WebSocket[] = [];
  const Noted = class extends WebSocket {
    constructor(...of: ConstructorParameters<typeof WebSocket>) {
      super(...of);
      opened.push(this);
    }
  };
  Object.assign(globalThis, { sockets: opened, WebSocket: Noted });
}

/** What a page would send with their cookies, whether they are offline or not. */
function fetchAs({ request }: BrowserContext, url: () => string): typeof fetch {
  return async (path, init) => {
    const { origin } = new URL(url());
    const headers = { origin, ...(init?.headers as Record<string, string>) };
    const answer = await request.fetch(origin + (path as string), {
      method: init?.method ?? "GET",
      headers,
      ...(init?.body === undefined || init.body === null ? {} : { data: init.body as string }),
    });
    return new Response(answer.status() === 204 ? null : await answer.text(), { status: answer.status() });
  };
}
