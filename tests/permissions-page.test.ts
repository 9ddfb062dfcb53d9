import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { rules } from "#shared/permissions/rules.ts";

import { permissionsPage } from "../scripts/permissions-page.ts";

const page = readFileSync(join(import.meta.dirname, "../docs/PERMISSIONS.md"), "utf8");

test("docs/PERMISSIONS.md says what the table says; npm run permissions writes it anew", () => {
  expect(page).toBe(permissionsPage());
});

test("every action of the table is on the page", () => {
  for (const action of Object.keys(rules)) expect(page).toContain(`| \`${action}\` |`);
});
