import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";

import { chromiumOptions } from "./chromium.ts";
import { startServer, temporaryInstallation } from "./server-process.ts";

declare module "vitest" {
  export interface ProvidedContext {
    readonly stage: { readonly url: string; readonly firstAdminLink: string; readonly browser: string };
  }
}

/** One server and one browser for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const installation = temporaryInstallation();
  // Every device has an address of its own, so that limits by address do not add up.
  const server = startServer({ dataDirectory: installation.path, environment: { TRUST_PROXY: "1" } });
  const browser = await chromium.launchServer(chromiumOptions);
  const url = await server.open;
  const firstAdminLink = /http:\S+\/first-admin#\S+/.exec(server.output())?.[0] ?? "";
  project.provide("stage", { url, firstAdminLink, browser: browser.wsEndpoint() });

  return async () => {
    await browser.close();
    server.signal("SIGTERM");
    await server.exit;
    installation.remove();
  };
}
