import type { MirroredConversation } from "#shared/entries/kinds/mirror.ts";
import { SYS, type Author } from "#shared/documents/names.ts";

import type { Local } from "./local.ts";

/** A person's name, or a word for somebody whose name is not on this device yet. */
export const nameOf = (local: Local, author: Author): string =>
  author === SYS ? "Folkmoot" : local.profile(author).name || "Somebody";

/** What a channel or conversation is called. A conversation without a name is called after the others in it. */
export function placeName(local: Local, place: { readonly name: string } | MirroredConversation): string {
  if (!("of" in place) || place.name !== "") return place.name;
  if (place.kind === "saved") return "Saved messages";

  const others = place.participants.filter((person) => person !== local.me().id).map((person) => nameOf(local, person));
  return others.length === 0 ? "Only you" : others.join(", ");
}

/** Alice; Alice and Bob; Alice, Bob and 3 more */
export function namesOf(names: readonly string[], more = 0): string {
  const rest = more > 0 ? `${more} more` : undefined;
  const all = rest === undefined ? names : [...names, rest];
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}
