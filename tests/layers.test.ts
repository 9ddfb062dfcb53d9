import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

type Import = readonly [folder: string, source: string];

const BREACHES: readonly Import[] = [
  ["server/gate", "#server/database/pool.ts"],
  ["server/database", "#server/documents/commit.ts"],
  ["server/communities", "#server/auth/sessions.ts"],
  ["server/documents", "#server/sync/sync.ts"],
  ["server/documents", "#server/config.ts"],
  ["server/http", "#server/sync/sync.ts"],
  ["server/http", "#client/api/create-api.ts"],
  ["server/http", "../database/pool.ts"],
  ["server/http", "../config.ts"],
  ["client/ui", "#client/sync/local.ts"],
  ["client/messages", "#client/search/terms.ts"],
  ["client/sync", "#client/messages/Message.tsx"],
  ["client/app", "#server/database/types.ts"],
  ["client/app", "#client/main.tsx"],
  ["shared/entries", "#server/gate/judge.ts"],
  ["shared/entries", "node:fs"],
];

const HONEST: readonly Import[] = [
  ["server/http", "#server/communities/mirror.ts"],
  ["server/documents", "#server/gate/judge.ts"],
  ["server/gate", "#shared/ids.ts"],
  ["server/http", "../route.ts"],
  ["client/messages", "#client/sync/local.ts"],
  ["client/messages", "#client/paths.ts"],
  ["client/app", "#client/messages/Message.tsx"],
];

const project = join(import.meta.dirname, "..");
const tree = mkdtempSync(join(tmpdir(), "folkmoot-layers-"));
let refused: ReadonlySet<string>;

const fileOf = ([folder, source]: Import): string => `${folder}/from-${source.replaceAll(/\W/g, "-")}.ts`;

/** The real rules over a small tree in which every import of both lists is planted. */
beforeAll(() => {
  copyFileSync(join(project, "oxlint.config.ts"), join(tree, "oxlint.config.ts"));
  symlinkSync(join(project, "node_modules"), join(tree, "node_modules"));
  const imports = [...BREACHES, ...HONEST];
  const folders = imports.flatMap(([folder, source]) => [folder, source.replace(/^#(.*)\/[^/]+$/, "$1")]);
  for (const folder of folders.filter((name) => /^\w/.test(name))) mkdirSync(join(tree, folder), { recursive: true });
  for (const planted of imports) writeFileSync(join(tree, fileOf(planted)), `export { x } from "${planted[1]}";\n`);

  const command = ["node_modules/oxlint/bin/oxlint", "--format=unix", "server", "client", "shared"];
  const { stdout } = spawnSync(process.execPath, command, { cwd: tree, encoding: "utf8" });
  const lines = stdout.split("\n").filter((line) => line.includes("no-restricted-imports"));
  refused = new Set(lines.map((line) => line.slice(0, line.indexOf(":"))));
});

afterAll(() => rmSync(tree, { recursive: true }));

test.for(BREACHES)("%s may not import %s", (planted) => {
  expect(refused).toContain(fileOf(planted));
});

test.for(HONEST)("%s may import %s", (planted) => {
  expect(refused).not.toContain(fileOf(planted));
});
