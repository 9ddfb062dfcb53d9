import { defineCommand } from "citty";

import { exported, formats, type ExportFormat } from "#server/audit/export.ts";
import { headFile } from "#server/audit/head.ts";
import { everyAct } from "#server/audit/read.ts";
import { acceptEnd } from "#server/audit/accept-end.ts";
import { verifyTrail } from "#server/audit/verify.ts";

import { readSecrets } from "../secrets.ts";
import { openWorkplace } from "../workplace.ts";
import { createProgressBar } from "./progress.ts";
import { CommandFailed, runCommand, runProgram } from "./run-command.ts";

const verify = defineCommand({
  meta: { name: "verify", description: "Follows the chain from its first act to its last, and says where it breaks." },
  run: (context) =>
    runCommand(context, async (config) => {
      await using workplace = await openWorkplace(config);
      const { auditKey: key, auditHead } = readSecrets(config.DATA_DIR);
      const bar = createProgressBar(process.stdout);
      const chain = { db: workplace.db, key, head: headFile(auditHead) };
      const { acts, waiting, broken } = await verifyTrail(chain, (done, total) =>
        bar.show(total === 0 ? 1 : done / total, `${done} of ${total} acts`),
      );
      bar.end(broken === undefined ? `${acts} acts, each in its place` : undefined);
      if (waiting > 0)
        process.stdout.write(`${waiting} more are not in the chain yet: a running worker puts them there.\n`);
      if (broken !== undefined) throw new CommandFailed(broken);
    }),
});

const exportTrail = defineCommand({
  meta: { name: "export", description: "Writes all acts to standard output, the oldest first." },
  args: { format: { type: "string", description: "ndjson or csv.", default: "ndjson" } },
  run: (context) =>
    runCommand(context, async (config) => {
      const format = formats.find((known) => known === context.args.format);
      if (format === undefined)
        throw new CommandFailed(`--format must be ndjson or csv, not "${context.args.format}".`);
      await using workplace = await openWorkplace(config);
      await print(exported(everyAct(workplace.db, {}), format satisfies ExportFormat));
    }),
});

async function print(lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines)
    if (!process.stdout.write(line)) await new Promise((resolve) => process.stdout.once("drain", resolve));
}

const accept = defineCommand({
  meta: {
    name: "accept-end",
    description: "After a backup was restored: takes the end that the trail has now for its end, and records that.",
  },
  run: (context) =>
    runCommand(context, async (config) => {
      await using workplace = await openWorkplace(config);
      const { auditKey: key, auditHead } = readSecrets(config.DATA_DIR);
      const { kept, now } = await acceptEnd({ db: workplace.db, key, head: headFile(auditHead) });
      const before = kept === null ? "no end was recorded that could be read" : `it had come to act ${kept} before`;
      process.stdout.write(`The trail ends with act ${now}; ${before}.\n`);
    }),
});

await runProgram(
  defineCommand({
    meta: { name: "npm run audit --", description: "Verifies and exports the trail of all acts of authority." },
    subCommands: { verify, export: exportTrail, "accept-end": accept },
  }),
);
