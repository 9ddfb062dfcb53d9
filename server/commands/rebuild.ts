import { defineCommand, runMain } from "citty";

import { rebuild } from "#server/projections/rebuild.ts";

import { openWorkplace } from "../workplace.ts";
import { createProgressBar } from "./progress.ts";
import { runCommand } from "./run-command.ts";

await runMain(
  defineCommand({
    meta: { name: "rebuild", description: "Empties search, counts and all other projections, and makes them anew." },
    run: () =>
      runCommand(async (config) => {
        await using workplace = await openWorkplace(config);
        const bar = createProgressBar(process.stdout);
        await rebuild(workplace.db, (done, total) =>
          bar.show(total === 0 ? 1 : done / total, `${done} of ${total} documents`),
        );
        bar.end();
      }),
  }),
);
