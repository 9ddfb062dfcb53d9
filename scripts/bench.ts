import { readdirSync } from "node:fs";
import { join } from "node:path";

/** `npm run bench -- <name>`: runs one bench, which ends with one line of JSON. */
const folder = join(import.meta.dirname, "../bench");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, ""));
const [name = ""] = process.argv.slice(2);

if (names.includes(name)) await import(join(folder, `${name}.ts`));
else {
  console.error(`${name === "" ? "Name a bench" : `There is no bench ${name}`}: ${names.join(", ")}.`);
  process.exitCode = 1;
}
