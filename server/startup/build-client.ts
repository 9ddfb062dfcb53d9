import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "vite";

/** A program of its own: builds the client into the folder that it is given. */

const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest)$/;

/** Below this a compressed file saves nothing. */
const LEAST_BYTES = 1_024;

process.on("disconnect", () => process.exit(1));

const [folder = ""] = process.argv.slice(2);
const root = join(import.meta.dirname, "../..");

await build({ configFile: join(root, "vite.config.ts"), logLevel: "warn", build: { outDir: folder } });
for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
  if (entry.isFile() && COMPRESSIBLE.test(entry.name)) compress(join(entry.parentPath, entry.name));
}
process.exit(0);

/** Once here rather than at every request. */
function compress(path: string): void {
  const bytes = readFileSync(path);
  if (bytes.length < LEAST_BYTES) return;
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
