import { sql, type RawBuilder } from "kysely";

import type { AuditDetails } from "#shared/audit/acts.ts";
import type { MemberId } from "#shared/ids.ts";

/** What of the acts, as `a`, is told. */
interface Seen {
  readonly shown: RawBuilder<boolean>;
  readonly details: RawBuilder<AuditDetails>;
}

/** Of a case its key names the channel, or the page that may be in one. */
const channelOfCase = sql<string | null>`coalesce(
  substring(a.details ->> 'case' from 'message/([0-9a-f-]{36})/'),
  (select p.channel_id::text from page p
    where p.id = substring(a.details ->> 'case' from '^page/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$')::uuid))`;

/** The channel that an act was done in. What is done about a person is done in the community, whatever they have said. */
const channelOfAct = sql<string | null>`case
  when a.target_kind = 'channel' then a.target_id
  when a.target_kind = 'page' then (select p.channel_id::text from page p where p.id = a.target_id::uuid)
  when a.act = 'case.decide' then ${channelOfCase}
  else a.details ->> 'channel' end`;

/** Whoever runs the platform is told everything: somebody must be. */
export const toldInFull: Seen = { shown: sql<boolean>`true`, details: sql<AuditDetails>`a.details` };

/** Somebody is told what was done where they may read: of a private channel that they are not in, not even its name. */
export function seenBy(reader: MemberId): Seen {
  const mayRead = (channel: RawBuilder<string | null>) =>
    sql<boolean>`(${channel} is null or ${channel} in (select r.channel::text from readable_channel r where r.person = ${reader}))`;
  return {
    shown: mayRead(channelOfAct),
    details: sql<AuditDetails>`case when ${mayRead(channelOfCase)} then a.details else a.details - 'case' end`,
  };
}
