import { expect, test } from "vitest";
import { WebSocket } from "ws";

import type { MemberId } from "#shared/ids.ts";

import { createSeats } from "./seats.ts";

test("a socket that closed while it was found out who sits there takes no seat, for nobody would give it back", async () => {
  const gone = new WebSocket("ws://127.0.0.1:1");
  await new Promise((closed) => gone.on("error", () => undefined).once("close", closed));
  expect(createSeats().take("alice" as MemberId, gone)).toBe(false);
});
