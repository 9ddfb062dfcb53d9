import { logName, SYS, type DocumentRef } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import { LATE_AFTER } from "#shared/entries/limits.ts";
import type { MemberId } from "#shared/ids.ts";

import type { DocumentView } from "./document-view.ts";
import { accept, noEffects, type Effects } from "./effects.ts";
import type { Keys } from "./entry-key.ts";
import { judgeEntry, type EntryVerdict, type Standing } from "./judge-entry.ts";
import { checkPlaces } from "./origins.ts";
import { erasing } from "./erasing.ts";
import { idOf } from "./questions.ts";
import { checkNoFork, split } from "./split.ts";
import type { Item, Position, Update } from "./update.ts";
import { refuse, type Admitted, type Refusal, type Verdict } from "./verdict.ts";

/** A frame from a member, parsed, with all that decides about it. */
export interface Case {
  readonly document: { readonly name: string; readonly ref: DocumentRef; readonly closed: number | undefined };
  readonly update: Update;
  /** It answers a sync step 1: the client cannot be asked to answer again. */
  readonly step2: boolean;
  readonly sender: MemberId;
  readonly standing: Standing;
  readonly view: DocumentView;
  readonly keys: Keys;
  readonly digest: (value: unknown) => string;
  /** How long the sender must wait before so many entries and clientIDs may come in, in ms; 0 when they may now. */
  readonly waitFor: (demand: Demand) => number;
  readonly now: number;
}

/** What a frame takes from its sender's allowances. */
export interface Demand {
  readonly entries: number;
  readonly late: number;
  readonly clients: number;
}

/** Judges a frame against the document and what the batch has admitted before it. Adds to keys and view only what it admits. */
export function judge(question: Case): Verdict {
  const { update, view, step2 } = question;
  const parts = split(update.items, view);
  if (parts === "gap")
    return step2 ? refuse("missing-dependency", "a struct starts beyond the known clock") : { kind: "behind" };

  const refusal = checkNoFork(parts.known, view, (client) => rootOf(view, client)) ?? checkDeletes(question);
  if (refusal !== undefined) return refusal;
  if (parts.fresh.length === 0) return { ...nothingNew, entries: refsOf(parts.known, view) };

  const misplaced = checkFresh(parts.fresh, question);
  if (misplaced?.code === "missing-dependency" && !step2) return { kind: "behind" };
  return misplaced ?? judgeEntries(parts.fresh, parts.known, question);
}

const nothingNew = { kind: "admitted", items: [], deletes: [], late: [], messages: 0, eraseDue: [] } as const;

function rootOf(view: DocumentView, client: number): string | undefined {
  const owner = view.ownerOf(client);
  return owner && logName(owner);
}

/** Every step 2 carries the known delete set; beyond that only the server deletes. */
function checkDeletes({ update, view }: Case): Refusal | undefined {
  const stray = update.deletes.find((range) => !view.isDeleted(range));
  return stray && refuse("deletes-refused", `${stray.client}:${stray.clock} is not deleted`);
}

function checkFresh(fresh: readonly Item[], { document, sender, view }: Case): Refusal | undefined {
  if (document.closed !== undefined)
    return { ...refuse("segment-closed", `goes on in ${document.closed}`), head: document.closed };
  if (fresh.some(({ values }) => values === undefined)) return refuse("malformed", "new and deleted at once");
  return checkPlaces(fresh, sender, view);
}

function judgeEntries(fresh: readonly Item[], known: readonly Item[], question: Case): Verdict {
  const effects = noEffects(question.keys.fork());
  const late: Ref[] = [];
  const refs: Ref[] = [];
  const messages: Ref[] = [];
  const refused: (EntryVerdict & { kind: "refused" })[] = [];

  for (const { value, position } of valuesOf(fresh)) {
    const verdict = takeIn(value, position, effects, question);
    if (verdict.kind === "refused") refused.push(verdict);
    else refs.push({ author: question.sender, id: verdict.kind === "new" ? verdict.entry.id : verdict.id });
    if (verdict.kind === "new" && question.now - verdict.entry.at > LATE_AFTER)
      late.push({ author: question.sender, id: verdict.entry.id });
    if (verdict.kind === "new" && verdict.entry.kind === "message")
      messages.push({ author: question.sender, id: verdict.entry.id });
  }

  return (
    refusedEntries(refused, question.sender) ??
    refusedPace(messages, question) ??
    refusedRate(fresh, refs, late, question) ??
    admit(
      fresh,
      effects,
      { entries: [...refsOf(known, question.view), ...refs], late, messages: messages.length },
      question,
    )
  );
}

/** Entries are judged one after the other, so that a later one sees what an earlier one did. */
function takeIn(value: unknown, position: Position, effects: Effects, question: Case): EntryVerdict {
  const { sender, document, standing, digest, now } = question;
  const verdict = judgeEntry({
    value,
    author: sender,
    kind: document.ref.kind,
    standing,
    keys: effects.keys,
    digest,
    now,
  });

  // A copy, from a lost acknowledgement, is stored nowhere.
  if (verdict.kind === "known") effects.erased.push(position);
  if (verdict.kind === "new") accept(effects, { ...verdict, document: document.name, author: sender, position });
  return verdict;
}

function valuesOf(items: readonly Item[]): { value: unknown; position: Position }[] {
  const found: { value: unknown; position: Position }[] = [];
  for (const { client, clock, values = [] } of items)
    for (let index = 0; index < values.length; index += 1)
      found.push({ value: values[index], position: { client, clock: clock + index } });
  return found;
}

/** One code for the frame: that of its first culprit, with all who share it. */
function refusedEntries(
  refused: readonly (EntryVerdict & { kind: "refused" })[],
  sender: MemberId,
): Refusal | undefined {
  const [first] = refused;
  if (first === undefined) return undefined;
  const culprits = refused
    .filter(({ code }) => code === first.code)
    .flatMap(({ id }) => (id === undefined ? [] : [{ author: sender, id }]));
  const { until, because } = first;
  return {
    ...refuse(first.code, first.why, culprits),
    ...(until === undefined ? {} : { until }),
    ...(because === undefined ? {} : { because }),
  };
}

/** Where one must pause, a frame holds one message. */
function refusedPace(messages: readonly Ref[], { standing: { slow }, now }: Case): Refusal | undefined {
  if (slow === undefined || messages.length === 0) return undefined;
  const retryAfter = Math.max(0, slow.spoke + slow.every - now);
  return retryAfter === 0 && messages.length === 1
    ? undefined
    : { ...refuse("slow-mode", "too soon after the last message", messages), retryAfter };
}

function refusedRate(
  fresh: readonly Item[],
  refs: readonly Ref[],
  late: readonly Ref[],
  { view, waitFor }: Case,
): Refusal | undefined {
  // A frame holds the items of one clientID side by side.
  const clients = fresh.filter(
    ({ client }, index) => fresh[index - 1]?.client !== client && view.ownerOf(client) === undefined,
  ).length;
  const retryAfter = waitFor({ entries: refs.length, late: late.length, clients });
  return retryAfter === 0 ? undefined : { ...refuse("rate", "too much at once"), retryAfter };
}

function admit(
  fresh: readonly Item[],
  effects: Effects,
  told: Pick<Admitted, "entries" | "late" | "messages">,
  question: Case,
): Admitted {
  const { items, deletes } = erasing(fresh, effects.erased);
  effects.keys.adopt();
  question.view.admit(items, deletes, question.sender);
  return { ...told, kind: "admitted", items, deletes, eraseDue: [...effects.eraseDue] };
}

/** The names of entries that the document has already. Where something was deleted, a client may say anything. */
const refsOf = (known: readonly Item[], view: DocumentView): Ref[] =>
  valuesOf(known).flatMap(({ value, position }) => {
    const author = view.ownerOf(position.client);
    const id = idOf(value);
    return author === undefined || author === SYS || id === undefined ? [] : [{ author, id }];
  });
