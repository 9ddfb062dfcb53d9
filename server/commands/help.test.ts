import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "folkmoot-help-"));
afterAll(() => rmSync(folder, { recursive: true }));

test.for(["import", "rebuild", "demo", "audit"])("%s says what it does when it is asked, and does nothing", (name) => {
  const env = {
    ...process.env,
    DATA_DIR: join(folder, name),
    TMPDIR: folder,
    TERM: "xterm",
    NO_COLOR: "",
    CI: "",
    TEST: "",
  };
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`), "--help"], {
    env,
    encoding: "utf8",
  });
  expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(`USAGE npm run ${name}`) });
  expect(stdout, "no colours where nobody can see them").not.toContain("\u001b");
  expect(readdirSync(folder)).toEqual([]);
});
