// Answers every "ping" of a channel with "pong", over Hocuspocus' own provider:
//   FOLKMOOT=wss://talk.example TOKEN=folkmoot_… ME=<person's id> DOCUMENT=channel:<id>/1 node hocuspocus-bot.ts
import { HocuspocusProvider } from "@hocuspocus/provider";
import { Doc } from "yjs";

import { createAnswers } from "./answers.ts";

const { FOLKMOOT = "", TOKEN = "", ME = "", DOCUMENT = "" } = process.env;
const answer = createAnswers(ME);

function start(name: string): void {
  const document = new Doc();
  const provider = new HocuspocusProvider({
    url: `${FOLKMOOT}/collab`,
    name,
    document,
    token: TOKEN,
    onSynced: () => answer(document),
    onStateless({ payload }) {
      const { type, code, retryAfter, head } = JSON.parse(payload);
      if (type === "refused") startOver(code, retryAfter, head);
    },
    onAuthenticationFailed({ reason }) {
      console.log(`not let in: ${reason}`);
      process.exit(1);
    },
  });
  document.on("afterTransaction", ({ local }) => local || !provider.isSynced || answer(document));

  /** What was refused stays in the document that it was written in, and in the way of all that follows: take a new one. */
  function startOver(code: string, retryAfter = 0, head?: number): void {
    console.log(`refused: ${code}`);
    provider.destroy();
    setTimeout(start, retryAfter, head === undefined ? name : name.replace(/\d+$/, String(head)));
  }
}

start(DOCUMENT);
