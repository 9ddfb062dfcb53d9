import { sql, type RawBuilder } from "kysely";

import type { Scope } from "./scope.ts";

/**
 * The cases that whoever asks may know of, as the desk shows them: else a difference would tell a moderator that
 * something was said about one of them.
 */
export const casesKnown = (scope: Scope): RawBuilder<unknown> => sql`
  select r.desk, r.case_key from report r
  left join membership m on m.community_id = r.desk and m.person_id = r.about
  where ${lyingIn(scope)}
  group by r.desk, r.case_key
  having bool_and(r.about <> ${scope.asker} and ${scope.of === "platform" ? sql`true` : sql`coalesce(m.role, '') = any(${scope.judged}::text[])`})`;

/** What is said about a person or a page is no channel's; an appeal against hiding a message lies where the message does. */
function lyingIn(scope: Scope): RawBuilder<boolean> {
  if (scope.of === "platform") return sql<boolean>`true`;
  if (scope.of === "community") return sql<boolean>`r.desk = ${scope.community}`;
  const [channel] = scope.channels;
  return sql<boolean>`r.desk = ${scope.community} and r.case_key ~ ${`^(message|appeal)/${channel}/`}`;
}
