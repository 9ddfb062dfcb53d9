import type { chromium } from "playwright-core";

/** Where it stands; `CHROMIUM` names another place. */
const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** An address that is no secure context, as a machine on the local network has: this name leads here. */
export const LAN = "lan.test";

export const chromiumOptions: Parameters<typeof chromium.launch>[0] = {
  executablePath: PROGRAM,
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--host-resolver-rules=MAP ${LAN} 127.0.0.1`,
  ],
};
