import { defineCommand } from "citty";

import { rebuild } from "#server/projections/rebuild.ts";

import { openWorkplace } from "../workplace.ts";
import { createProgressBar } from "./progress.ts";
import { runCommand, runProgram } from "./run-command.ts";

await runProgram(
  defineCommand({
    meta: {
      name: "npm run rebuild",
      description: "Empties search, counts and all other projections, and makes them anew.",
    },
    run: (context) =>
      runCommand(context, async (config) => {
        await using workplace = await openWorkplace(config);
        const bar = createProgressBar(process.stdout);
        await rebuild(workplace.db, (done, total) => bar.show(done / total, `${done} of ${total} documents`));
        bar.end("all documents");
      }),
  }),
);
