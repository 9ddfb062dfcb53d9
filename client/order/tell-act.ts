import { auditActs } from "#shared/audit/acts.ts";
import type { AuditLine } from "#shared/protocol/http/admin/audit.ts";

import { sayMoment } from "#client/ui/say-time.ts";

/** A sentence in pieces: names stand out, the rest tells. */
export interface ToldAct {
  readonly who: string;
  readonly did: string;
  /** Whom or what it was done to, where that is not whoever did it. */
  readonly whom: string | undefined;
  readonly where: string | undefined;
  readonly note: string | undefined;
}

/** What an act says to a person who reads the trail. */
export function tellAct({ actor, act, target, community, details }: AuditLine): ToldAct {
  const isOneself = target.kind === "person" && target.id === actor?.id;
  const isPlace = target.kind === "community" && target.id === community?.id;
  const whom = isOneself ? undefined : (target.name ?? (isPlace ? community?.name : undefined) ?? bare(target));
  return {
    who: actor === null ? "The server" : actor.name || "somebody who is gone",
    // "made an account for Bob", and "made an account" where it was one's own.
    did: whom === undefined ? auditActs[act].replace(/ (for|of)$/, "") : auditActs[act],
    whom,
    where: isPlace || community === null ? undefined : (community.name ?? "a community that is gone"),
    note: noteOf(details),
  };
}

/** Of what has no name: nothing where its act says enough, else its id. */
const bare = ({ kind, id }: AuditLine["target"]): string | undefined => (NAMELESS.has(kind) ? undefined : id);

const NAMELESS = new Set(["invitation", "token", "platform", "case"]);

const HIDDEN = new Set(["case", "channel", "entry", "invitation"]);

function noteOf(details: AuditLine["details"]): string | undefined {
  const { from, to, reason, until, ...rest } = details;
  const change = from !== undefined && to !== undefined ? [`${String(from)} to ${String(to)}`] : [];
  const why = typeof reason === "string" && reason !== "" ? [reason] : [];
  const term = typeof until === "number" ? [`until ${sayMoment(until)}`] : [];
  const others = Object.entries(rest)
    .filter(([name, value]) => !HIDDEN.has(name) && value !== null && value !== "")
    .map(([name, value]) => (name === "fields" ? list(value) : `${name}: ${list(value)}`));
  const parts = [...why, ...term, ...change, ...others];
  return parts.length === 0 ? undefined : parts.join("; ");
}

const list = (value: AuditLine["details"][string] | undefined): string =>
  Array.isArray(value) ? value.join(", ") : String(value);
