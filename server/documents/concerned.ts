import { sql, type RawBuilder } from "kysely";

import type { DocumentRef } from "#shared/documents/names.ts";
import { kindOf, parseEntry, type Entry } from "#shared/entries/kinds.ts";
import { communityOfDesk, PLATFORM, type CommunityId, type MemberId, type PageId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";
import type { Concerned } from "#server/gate/judge-entry.ts";

import type { Appearance } from "./found-standings.ts";
import type { Task } from "./task.ts";

/** Those whom entries on a desk decide about: what they are there decides who may. */
export const concernedIn = (task: Task): readonly Appearance[] =>
  saidOnDesk(task).flatMap(({ place, entry }) => {
    const person = kindOf(entry).concerns?.(entry);
    return person === undefined ? [] : [{ person, place }];
  });

/** The pages whose cases entries on a desk decide about. */
export const pagesConcernedIn = (task: Task): readonly PageId[] =>
  saidOnDesk(task).flatMap(({ entry }) => kindOf(entry).concernsPage?.(entry) ?? []);

function saidOnDesk(task: Task): readonly { readonly place: DocumentRef; readonly entry: Entry }[] {
  if (task.kind !== "frame" && task.kind !== "post") return [];
  const place = task.kind === "post" ? task.place : task.live.ref;
  if (place.kind !== "desk") return [];
  const values = task.kind === "post" ? [task.entry] : task.update.items.flatMap(({ values: own }) => own ?? []);
  return values.flatMap((value) => {
    const entry = parseEntry(value);
    return entry === undefined ? [] : [{ place, entry }];
  });
}

/** Somebody whom a report of a page concerns. */
export interface FoundConcern {
  readonly page: PageId;
  readonly community: CommunityId;
  readonly person: MemberId;
  readonly role: Role | null;
}

/** An expression for all whom reports of these pages concern. */
export const concernsAsked = (pages: readonly PageId[]): RawBuilder<readonly FoundConcern[]> => sql`(
  select coalesce(json_agg(found), '[]') from (
    select p.id as page, p.community_id as community, r.about as person, m.role
    from reported_page r join page p on p.id = r.page_id
    left join membership m on m.community_id = p.community_id and m.person_id = r.about
    where r.page_id = any(${pages}::uuid[])
  ) as found)`;

/** Those of a page, for somebody at this desk: others' cases are none there. */
export const concerning =
  (found: readonly FoundConcern[], place: DocumentRef) =>
  (page: PageId): readonly Concerned[] => {
    const desk = place.kind === "desk" ? communityOfDesk(place.id) : undefined;
    return found
      .filter((one) => one.page === page && (desk === PLATFORM || desk === one.community))
      .map(({ person, role }) => ({ owner: person, role: role ?? undefined }));
  };
