import { Readable } from "node:stream";

import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { InputOf } from "#shared/protocol/http/endpoint.ts";
import { laterEndpoints as endpoints } from "#shared/protocol/http/later-endpoints.ts";
import { ok } from "#shared/result.ts";
import { exported, type ExportFormat } from "#server/audit/export.ts";
import { everyAct, readActs, type AuditQuestion } from "#server/audit/read.ts";
import { record } from "#server/audit/record.ts";
import { asAdmin } from "#server/auth/as-admin.ts";
import { permit, reachCommunity } from "#server/communities/reach.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** What was done by authority: everything for the platform's administrators, in a community for its own. */
export function auditRoutes(router: Router, { db, authority }: WebDependencies): void {
  const file = (question: AuditQuestion, format: ExportFormat) => ({
    type: format === "csv" ? ("text/csv" as const) : ("application/x-ndjson" as const),
    name: `audit.${format}`,
    content: Readable.from(exported(everyAct(db, question), format)),
  });

  router.on(
    "audit",
    endpoints.audit,
    { tag: "Administration", summary: "Every act of authority, the newest first" },
    async ({ input: { after, ...asked } }) => ok(await readActs(db, questionOf(asked), after)),
  );

  router.on(
    "exportAudit",
    endpoints.exportAudit,
    { tag: "Administration", summary: "The same as a file, the oldest first; that it was exported is an act too" },
    // That something is taken along is written down first.
    async ({ me: { person: actor }, input: { format, ...asked } }) => {
      const question = questionOf(asked);
      const target = { kind: "platform", id: "audit" } as const;
      const act = { actor: actor.id, act: "audit.export", target, details: { format, ...given(question) } } as const;
      const written = await authority.change(asAdmin(actor.id, async (trx) => ok(await record(trx, act))));
      return written.ok ? ok(file(question, format)) : written;
    },
  );

  router.on(
    "communityAudit",
    endpoints.communityAudit,
    { tag: "Communities", summary: "What was done in a community, for its admins" },
    async ({ me, input: { id, after, ...asked } }) => {
      const allowed = await mayLook(db, me.person.id, id);
      return allowed.ok ? ok(await readActs(db, inCommunity(id, me.person.id, asked), after)) : allowed;
    },
  );

  router.on(
    "exportCommunityAudit",
    endpoints.exportCommunityAudit,
    { tag: "Communities", summary: "The same as a file, the oldest first; that it was exported is an act too" },
    async ({ me: { person }, input: { id, format, ...asked } }) => {
      const question = inCommunity(id, person.id, asked);
      const written = await authority.change(async (trx) => {
        const allowed = await mayLook(trx, person.id, id);
        if (!allowed.ok) return allowed;
        const { name } = await trx
          .selectFrom("community")
          .select("name")
          .where("id", "=", id)
          .executeTakeFirstOrThrow();
        const target = { kind: "community", id, name } as const;
        const details = { format, ...given({ ...question, community: undefined }) };
        return ok(await record(trx, { actor: person.id, act: "audit.export", target, community: id, details }));
      });
      return written.ok ? ok(file(question, format)) : written;
    },
  );
}

async function mayLook(db: WebDependencies["db"], person: MemberId, community: CommunityId) {
  const reach = await reachCommunity(db, person, community, "read");
  return reach.ok ? permit(reach.value, "community.audit") : reach;
}

type Asked = Omit<InputOf<typeof endpoints.audit>, "after">;

const questionOf = ({ from, until, ...rest }: Asked): AuditQuestion => ({
  ...rest,
  from: from === undefined ? undefined : Number(from),
  until: until === undefined ? undefined : Number(until),
});

const inCommunity = (community: CommunityId, reader: MemberId, asked: Asked): AuditQuestion => ({
  ...questionOf(asked),
  community,
  reader,
});

const GIVEN = ["who", "act", "target", "community", "from", "until", "q"] as const;

/** Which part of the trail was taken along. */
const given = (question: AuditQuestion) =>
  Object.fromEntries(GIVEN.flatMap((name) => (question[name] === undefined ? [] : [[name, question[name]]])));
