import { defineCommand } from "citty";

import { hasOwner } from "#server/import/places.ts";

import { NO_LIMITS } from "#server/documents/segment-size.ts";
import { openWorkplace } from "../workplace.ts";
import { bringIn, counted } from "./bring-in.ts";
import { CommandFailed, runCommand, runProgram } from "./run-command.ts";

const ndjson = defineCommand({
  meta: {
    name: "ndjson",
    description: "A line of JSON each: { id, at, author, body, re?, channel? }, plain or gzipped.",
  },
  args: {
    path: { type: "positional", description: "The file.", required: true },
    community: { type: "string", description: "The community to bring it into; made where it is new.", required: true },
    channel: { type: "string", description: "The channel for lines that name none.", default: "general" },
    owner: {
      type: "string",
      description: "The login of whoever shall own a new community. Else the platform's first administrator.",
    },
    "on-error": { type: "string", description: "What to do at a malformed line: skip or stop.", default: "skip" },
  },
  run: (context) =>
    runCommand(context, async (config) => {
      const { args } = context;
      const onError = args["on-error"];
      if (onError !== "skip" && onError !== "stop")
        throw new CommandFailed(`--on-error must be skip or stop, not "${onError}".`);
      if (args.community.trim() === "" || args.community.length > 80)
        throw new CommandFailed("--community must be a name of 1 to 80 characters.");

      await using workplace = await openWorkplace(config, { limits: NO_LIMITS });
      const { community, channel, owner, path } = args;
      const began = performance.now();
      const report = await bringIn(workplace, { path, community: community.trim(), channel, owner, onError }).catch(
        unreadable(path),
      );

      const seconds = Math.round((performance.now() - began) / 1_000);
      process.stdout.write(
        `${counted(report.imported)} came into "${community}" in ${seconds} s. ` +
          `There before: ${figure(report.known)}. Lines left out: ${figure(report.skipped)}. ` +
          `Replies to nothing in the file: ${figure(report.lostReplies)}.\n`,
      );
      if (!(await hasOwner(workplace.db, community.trim()))) process.stdout.write(OWNERLESS);
    }),
});

const figure = (count: number): string => count.toLocaleString("en");

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
  Z_DATA_ERROR: "it is damaged",
  Z_BUF_ERROR: "it ends too early",
};

const unreadable =
  (path: string) =>
  (error: unknown): never => {
    const reason = UNREADABLE[(error as NodeJS.ErrnoException).code ?? ""];
    if (reason === undefined) throw error;
    throw new CommandFailed(`Cannot read ${path}: ${reason}. What was read of it is in.`);
  };

const OWNERLESS =
  "Nobody owns it yet. Become the first admin with the link that npm start prints, then run this again: it will be yours.\n";

await runProgram(
  defineCommand({
    meta: {
      name: "npm run import --",
      description: "Brings conversations from elsewhere into a community. Can be stopped and run again.",
    },
    subCommands: { ndjson },
  }),
);
