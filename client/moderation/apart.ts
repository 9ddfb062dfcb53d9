import type { DeskCase } from "#shared/entries/desk.ts";
import type { ModerationCase } from "#shared/protocol/http/moderation.ts";

/** Cases that the server tells of and that do not lie on the desk, with those that do: the newest first. */
export function withApart(onDesk: readonly DeskCase[], told: readonly ModerationCase[]): readonly DeskCase[] {
  const known = new Set(onDesk.map((one) => one.case));
  const apart = told.filter((one) => one.apart === true && !known.has(one.case)).map(asDeskCase);
  return apart.length === 0 ? onDesk : [...onDesk, ...apart].toSorted((a, b) => b.last - a.last);
}

function asDeskCase({ case: key, about, open, first, last, reports, settlements }: ModerationCase): DeskCase {
  const outcome = settlements.find(({ late }) => late !== true)?.outcome;
  return {
    case: key,
    about: about.person.id,
    reports: reports.length,
    grounds: [...new Set(reports.flatMap(({ ground }) => ground ?? []))],
    first,
    last,
    open,
    ...(outcome !== undefined && outcome !== "reopened" && { outcome }),
    apart: true,
    holders: [],
    remarks: [],
  };
}
