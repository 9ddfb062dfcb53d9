import type { Author } from "#shared/documents/names.ts";
import type { Entry, EntryOf } from "#shared/entries/kinds.ts";
import type { Row } from "#shared/entries/row.ts";
import type { Placed } from "#shared/entries/kind.ts";

/** What a person sees of one message. */
export interface Seen {
  readonly key: string;
  readonly kind: string;
  readonly body: string;
  readonly earlier: readonly string[];
  readonly re: string;
  readonly votes: readonly string[];
  readonly hidden: string;
}

/** What everybody must see of these entries, worked out as plainly as it can be. */
export function viewOf(entries: readonly Pick<Placed<Entry>, "author" | "entry">[]): readonly Seen[] {
  const inOrder = entries.toSorted(
    (a, b) => a.entry.at - b.entry.at || order(a.author, b.author) || order(a.entry.id, b.entry.id),
  );
  const messages = inOrder.flatMap(({ author, entry }) => (entry.kind === "message" ? [{ author, entry }] : []));
  const goneKeys = inOrder.flatMap(({ entry }) =>
    entry.kind === "retract" ? [`${entry.of.author} ${entry.of.id}`] : [],
  );
  const shown = messages.map(({ author, entry }) => ({ key: `${author} ${entry.id}`, entry }));
  const gone = [...new Set(goneKeys)].map((key) => ({ key, entry: undefined }));
  return [...shown, ...gone].map(({ key, entry }) => seen(key, entry, inOrder)).toSorted((a, b) => order(a.key, b.key));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function seen(
  key: string,
  message: EntryOf<"message"> | undefined,
  entries: readonly { readonly author: Author; readonly entry: Entry }[],
): Seen {
  const wordings = message === undefined ? [""] : [message.body];
  const votes = new Set<string>();
  let hidden = "";
  for (const { author, entry } of entries) {
    if (!("of" in entry) || Array.isArray(entry.of) || `${entry.of.author} ${entry.of.id}` !== key) continue;
    if (entry.kind === "hide") hidden = `${author}: ${entry.reason}`;
    if (entry.kind === "restore") hidden = "";
    if (message === undefined) continue;
    if (entry.kind === "edit" && author === entry.of.author) wordings.push(entry.body);
    if (entry.kind === "reaction") votes[entry.on ? "add" : "delete"](`${entry.key} ${author}`);
  }
  return {
    key,
    kind: message === undefined ? "removed" : "message",
    body: wordings.at(-1) as string,
    earlier: wordings.slice(0, -1),
    re: message?.re === undefined ? "" : `${message.re.author} ${message.re.id}`,
    votes: [...votes].toSorted(order),
    hidden,
  };
}

/** The same of what a device shows. */
export const seenIn = (rows: readonly Row[]): readonly Seen[] =>
  rows
    .map(({ key, kind, body, history, re, reactions, hidden }) => ({
      key,
      kind,
      body,
      earlier: history.map((wording) => wording.body),
      re: re === undefined ? "" : `${re.author} ${re.id}`,
      votes: reactions.flatMap((given) => given.by.map((member) => `${given.key} ${member}`)).toSorted(order),
      hidden: hidden === undefined ? "" : `${hidden.by}: ${hidden.reason}`,
    }))
    .toSorted((a, b) => order(a.key, b.key));
