// Answers every "ping" of a channel with "pong", over y-websocket's own provider:
//   FOLKMOOT=wss://talk.example TOKEN=folkmoot_… ME=<person's id> DOCUMENT=channel:<id>/1 node y-websocket-bot.ts
import { WebsocketProvider } from "y-websocket";
import { Doc } from "yjs";

import { createAnswers } from "./answers.ts";

const { FOLKMOOT = "", TOKEN = "", ME = "", DOCUMENT = "" } = process.env;
const answer = createAnswers(ME);

function start(name: string): void {
  const document = new Doc();
  const provider = new WebsocketProvider(`${FOLKMOOT}/yjs`, encodeURIComponent(name), document, {
    disableBc: true,
    params: { token: TOKEN },
  });
  provider.on("sync", (isSynced) => isSynced && answer(document));
  document.on("afterTransaction", ({ local }) => local || !provider.synced || answer(document));

  // The server said that coming back is no use: with this document. What was refused stays in it, so take a new one.
  provider.on("closed", ({ code, reason }) => {
    provider.destroy();
    if (code === 4401 || reason === "not-a-member") {
      console.log(`not let in: ${reason}`);
      process.exit(1);
    }
    console.log(`refused: ${reason}`);
    start(reason === "segment-closed" ? headOf(name, document) : name);
  });
}

/** Where a closed segment says that the channel goes on. */
function headOf(name: string, document: Doc): string {
  const entries = document.getArray<{ kind: string; head: number }>("sys").toArray();
  const head = entries.find(({ kind }) => kind === "closed")?.head;
  return head === undefined ? name : name.replace(/\d+$/, String(head));
}

start(DOCUMENT);
