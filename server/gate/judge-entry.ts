import type { DocumentRef } from "#shared/documents/names.ts";
import type { Ref } from "#shared/entries/kind.ts";
import { isRetractable, kindOf, parseEntry, type AnyKind, type Entry } from "#shared/entries/kinds.ts";
import { MAX_AHEAD, MAX_BEHIND } from "#shared/entries/limits.ts";
import type { Reported } from "#shared/entries/kinds/report.ts";
import type { EntryId, MemberId, PageId } from "#shared/ids.ts";
import { can } from "#shared/permissions/can.ts";
import type { Actor, Role, Target } from "#shared/permissions/rules.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";

import type { Keys } from "./entry-key.ts";
import { answeredBy, idOf } from "./questions.ts";

/** What the server's tables say, in the committing transaction, about a person and a place. */
export interface Standing {
  readonly actor: Actor;
  readonly target: Target;
  /** What a moderator has forbidden them here: until when, and why. */
  readonly muted?: Term;
  readonly banned?: Term;
  /** The pause that they must make here, in ms, and when they last said something. */
  readonly slow?: { readonly every: number; readonly spoke: number };
  /** Whether they may read what they point at. Only known where somebody points at something. */
  readonly reaches?: (target: Reported) => boolean;
  /** What a person is in the community that the place belongs to. Only known where somebody decides about them. */
  readonly roleOf?: (person: MemberId) => Role | undefined;
  /** All whom reports of a page concern. Only known where somebody decides about a page's case. */
  readonly concernedBy?: (page: PageId) => readonly Concerned[];
}

/** Somebody whom others decide about, and what they are in the community. */
export type Concerned = Required<Pick<Target, "owner">> & Pick<Target, "role">;

/** How long something holds, in ms since 1970; without an end until it is lifted. */
export interface Term {
  readonly until?: number;
  readonly because: string;
}

export interface EntryQuestion {
  readonly value: unknown;
  readonly author: MemberId;
  readonly kind: DocumentRef["kind"];
  readonly standing: Standing;
  readonly keys: Keys;
  readonly digest: (value: unknown) => string;
  /** Of the receipt, in ms. */
  readonly now: number;
}

export type EntryVerdict =
  | { readonly kind: "new"; readonly id: EntryId; readonly entry: Entry; readonly digest: string }
  | { readonly kind: "known"; readonly id: EntryId }
  | ({ readonly kind: "refused"; readonly id: EntryId | undefined } & Problem);

/**
 * Judges one value in somebody's own log. The id comes first: what is known is answered as known, however late and
 * whatever its author may do today, since the acknowledgement may have been lost just before a demotion.
 */
export function judgeEntry(question: EntryQuestion): EntryVerdict {
  const { value, author, keys } = question;
  const id = idOf(value);
  if (id === undefined) return { kind: "refused", code: "invalid", id, why: "no id" };

  const digest = question.digest(value);
  const known = keys.find(author, id);
  if (known !== undefined) {
    const isSame = known.state === "erased" || known.digest === digest;
    return isSame ? { kind: "known", id } : { kind: "refused", code: "id-reused", id, why: "known with another value" };
  }

  const entry = parseEntry(value);
  const problem = entry === undefined ? problems.unreadable : checkEntry(entry, question);
  return entry === undefined || problem !== undefined
    ? { kind: "refused", id, ...(problem ?? problems.unreadable) }
    : { kind: "new", id, entry, digest };
}

interface Problem extends Partial<Term> {
  readonly code: RefusalCode;
  readonly why: string;
}

const problems = {
  unreadable: { code: "invalid", why: "no entry of a known kind" },
  misplaced: { code: "invalid", why: "this kind has no place in this document" },
  serverOnly: { code: "forbidden", why: "only the server writes this kind" },
  early: { code: "too-early", why: "written in the future" },
  late: { code: "too-late", why: "written too long ago" },
  unreachable: { code: "nothing-there", why: "may not read what this points at, or it is not there" },
  lasting: { code: "invalid", why: "this kind is not retracted" },
} as const satisfies Record<string, Problem>;

function checkEntry(entry: Entry, question: EntryQuestion): Problem | undefined {
  const kind = kindOf(entry);

  if (!kind.in.includes(question.kind)) return problems.misplaced;
  if (kind.by !== "member") return problems.serverOnly;
  return (
    checkPermission(entry, kind, question.standing) ??
    checkConcerned(entry, kind, question.standing) ??
    checkTime(entry, question.now) ??
    checkErased(entry, kind, question.keys) ??
    checkPointed(entry, kind, question)
  );
}

function checkPermission(entry: Entry, kind: AnyKind, standing: Standing): Problem | undefined {
  const { actor, target, banned, muted } = standing;
  const { may } = kind;
  const concerned = kind.concerns?.(entry);
  const owner = concerned ?? subjectOf(entry, kind)?.author;
  const role = concerned && standing.roleOf?.(concerned);
  // Most entries are about nobody: nothing is copied for them.
  const about = owner === undefined ? target : { ...target, owner, ...(role && { role }) };
  if (may !== undefined && can(actor, may, about)) return undefined;

  if (!can(actor, "document.read", target))
    return banned === undefined
      ? { code: "not-a-member", why: "may not read this document" }
      : { code: "banned", why: "banned", ...banned };
  if (muted !== undefined && may !== undefined && can({ ...actor, muted: false }, may, { ...about, locked: false }))
    return { code: "muted", why: "muted", ...muted };
  if (may !== undefined && can(actor, may, { ...about, locked: false })) return { code: "locked", why: "locked" };
  if (target.archived === true) return { code: "archived", why: "archived" };
  if (target.place === "broadcast" && entry.kind === "message")
    return { code: "announcements-only", why: "may not announce" };
  return { code: "forbidden", why: `may not ${kind.may ?? "do this"}` };
}

/** "No such case" and "not yours" are one answer: else one learned by asking that one's page was reported. */
function checkConcerned(entry: Entry, kind: AnyKind, { actor, target, concernedBy }: Standing): Problem | undefined {
  const page = kind.concernsPage?.(entry);
  const { may } = kind;
  if (page === undefined || may === undefined) return undefined;
  const concerned = concernedBy?.(page) ?? [];
  const mayJudge = concerned.every((one) => can(actor, may, { ...target, ...one }));
  return concerned.length > 0 && mayJudge ? undefined : problems.unreachable;
}

const subjectOf = (entry: Entry, kind: AnyKind): Ref | undefined =>
  kind.erases?.(entry) ?? kind.partOf?.(entry) ?? kind.targets?.(entry)[0];

function checkTime({ at }: Entry, now: number): Problem | undefined {
  if (at > now + MAX_AHEAD) return problems.early;
  return at < now - MAX_BEHIND ? problems.late : undefined;
}

/** What it answers must have been said, or what it points at be theirs to read. */
function checkPointed(entry: Entry, kind: AnyKind, { author, keys, standing }: EntryQuestion): Problem | undefined {
  const answered = answeredBy(author, entry);
  if (answered !== undefined && keys.stateHolder(answered.author, answered.stateKey) !== undefined) return undefined;
  const target = kind.points?.(entry);
  if (target === undefined) return answered && problems.unreachable;
  return standing.reaches?.(target) === true ? undefined : problems.unreachable;
}

function checkErased(entry: Entry, kind: AnyKind, keys: Keys): Problem | undefined {
  const of = kind.erases?.(entry);
  if (of === undefined) return undefined;
  const target = of.id === entry.id ? entry.kind : keys.find(of.author, of.id)?.kind;
  return target === undefined || isRetractable(target) ? undefined : problems.lasting;
}
