import { groundWords } from "#client/order/words.ts";
import { plural } from "#client/ui/times.ts";
import type { DeskCase } from "#shared/entries/desk.ts";
import { pageOfCase } from "#shared/entries/kinds/report.ts";
import type { CasePage } from "#shared/protocol/http/moderation.ts";

import { isAppeal } from "./filters.ts";

const groundsOf = ({ grounds }: DeskCase): string => grounds.map((ground) => groundWords[ground]).join(", ");

/** 3 reports: harmful, unkind */
export const briefOf = (one: DeskCase): string =>
  isAppeal(one) ? "An appeal" : `${plural(one.reports, "report")}: ${groundsOf(one)}`;

const isPage = ({ case: key }: DeskCase): boolean => pageOfCase(key) !== undefined;

/** What a reported page is called. */
export const titleOfPage = ({ title }: CasePage): string => title ?? "A page that was deleted";

const numbers = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** What a case says, as the title over it. */
export function titleOf(one: DeskCase, name: string): string {
  if (isAppeal(one)) return `${name} asks you to look at it again`;
  const what = one.case.startsWith("person/") ? `${name}'s profile` : isPage(one) ? "this page" : "this message";
  const who = numbers[one.reports] ?? String(one.reports);
  const says = one.reports === 1 ? `${who} person reports` : `${who} people report`;
  return `${says} ${what}: ${groundsOf(one)}`;
}
