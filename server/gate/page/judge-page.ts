import { can } from "#shared/permissions/can.ts";
import type { MemberId } from "#shared/ids.ts";

import type { Demand } from "../judge.ts";
import type { Standing } from "../judge-entry.ts";
import type { Range } from "../update.ts";
import { refuse, type Refusal } from "../verdict.ts";
import { checkContent } from "./check-content.ts";
import type { PageStruct, PageUpdate } from "./page-update.ts";
import type { PageView, Seated } from "./page-view.ts";
import { seatAll, type Unseated } from "./seat.ts";
import { splitPage } from "./split-page.ts";
import { createToll } from "./toll.ts";

/** A frame of a page, parsed, with all that decides about it. */
export interface PageCase {
  readonly update: PageUpdate;
  /** It answers a sync step 1: the client cannot be asked to answer again. */
  readonly step2: boolean;
  readonly sender: MemberId;
  readonly standing: Standing;
  readonly view: PageView;
  /** How long the sender must wait before so much may come in, in ms; 0 when it may now. */
  readonly waitFor: (demand: Demand) => number;
}

export type PageVerdict = AdmittedPage | Refusal | { readonly kind: "behind" };

export interface AdmittedPage {
  readonly kind: "admitted";
  /** What is new in it, as it is journalled. */
  readonly structs: readonly PageStruct[];
  readonly deletes: readonly Range[];
}

/** A page cannot hold more: every struct that it ever had and keeps, and words that are there. */
const MAX_PAGE_STRUCTS = 50_000;
const MAX_PAGE_TEXT = 300_000;
/** So many structs, or ranges that are taken out, count as one entry of a log; and so many steps. */
const STRUCTS_PER_ENTRY = 20;
const STEPS_PER_ENTRY = 1_000;

/** Judges a frame against the page and what the batch has admitted before it. Adds to the view only what it admits. */
export function judgePage(question: PageCase): PageVerdict {
  const { update, view, step2, sender } = question;
  const fresh = splitPage(update, view);
  if (fresh === "gap") return missing(step2, "it begins beyond what is known");
  if (fresh.structs.length + fresh.deletes.length === 0) return { kind: "admitted", structs: [], deletes: [] };

  const refusal = checkRight(question) ?? checkOwners(fresh.structs, sender, view);
  if (refusal !== undefined) return refusal;
  const toll = createToll(view);
  const seated = seatAll(fresh.structs, view, toll);
  if (typeof seated === "string") return unseated(seated, step2);
  if (toll.isTooHighToDelete(fresh.deletes)) return unseated("costly", step2);
  const problem =
    checkSeated(seated) ?? checkSize(seated, fresh.deletes, view) ?? checkRate(fresh, toll.steps(), question);
  if (problem !== undefined) return problem;

  const admitted = seated.map(asJournalled);
  view.admit(admitted, fresh.deletes, sender);
  return { kind: "admitted", structs: admitted.map(({ struct }) => struct), deletes: fresh.deletes };
}

const missing = (step2: boolean, why: string): PageVerdict =>
  step2 ? refuse("missing-dependency", why) : { kind: "behind" };

function unseated(why: Unseated, step2: boolean): PageVerdict {
  if (why === "missing") return missing(step2, "what it stands beside is not known");
  return why === "costly" ? refuse("too-large", "its places take too long to find") : refuse("invalid", "misplaced");
}

function checkRight({ standing: { actor, target, muted } }: PageCase): Refusal | undefined {
  if (can(actor, "page.edit", target)) return undefined;
  if (!can(actor, "document.read", target)) return refuse("not-a-member", "may not read");
  if (muted !== undefined && can({ ...actor, muted: false }, "page.edit", target))
    return { ...refuse("muted", "muted"), ...muted };
  const couldBefore = can(actor, "page.edit", { ...target, archived: false });
  return couldBefore ? refuse("archived", "archived") : refuse("forbidden", "may not edit");
}

function checkOwners(fresh: readonly PageStruct[], sender: MemberId, view: PageView): Refusal | undefined {
  const foreign = fresh.find(({ client }) => (view.ownerOf(client) ?? sender) !== sender);
  return foreign && refuse("foreign-client", `clientID ${foreign.client} belongs to somebody else`);
}

function checkSeated(seated: readonly Seated[]): Refusal | undefined {
  for (const { struct, place } of seated) {
    const problem = place === "gone" ? undefined : checkContent(struct.content, place);
    if (problem !== undefined) return refuse("invalid", problem);
  }
  return undefined;
}

/** Whoever only deletes may always do so, and whoever puts something in the place of something else has its room. */
function checkSize(seated: readonly Seated[], deletes: readonly Range[], view: PageView): Refusal | undefined {
  if (seated.length === 0) return undefined;
  const size = view.size();
  const text = seated.reduce(
    (sum, { struct: { content } }) => sum + (content.kind === "text" ? content.text.length : 0),
    0,
  );
  const isFull =
    size.structs + seated.length > MAX_PAGE_STRUCTS ||
    (text > 0 && size.text + text - view.textIn(deletes) > MAX_PAGE_TEXT);
  return isFull ? refuse("too-large", "the page is full") : undefined;
}

function checkRate({ structs, deletes }: PageUpdate, steps: number, { view, waitFor }: PageCase): Refusal | undefined {
  const clients = new Set(structs.map(({ client }) => client).filter((client) => view.ownerOf(client) === undefined));
  const pieces = structs.length + deletes.length;
  const entries = 1 + Math.floor(pieces / STRUCTS_PER_ENTRY) + Math.floor(steps / STEPS_PER_ENTRY);
  const retryAfter = waitFor({ entries, late: 0, clients: clients.size });
  return retryAfter === 0 ? undefined : { ...refuse("rate", "too much at once"), retryAfter };
}

/** What came too late for what it lies in is nowhere, and its words are not kept either. */
const asJournalled = ({ struct, place }: Seated): Seated =>
  place === "gone"
    ? {
        place,
        struct: { client: struct.client, clock: struct.clock, length: struct.length, content: { kind: "gone" } },
      }
    : { place, struct };
