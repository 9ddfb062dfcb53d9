import { sql, type Kysely } from "kysely";
import { Doc } from "yjs";

import { pageDocument } from "#shared/documents/names.ts";
import type { MemberId, PageId } from "#shared/ids.ts";
import { readBody, type PageBody } from "#shared/pages/body.ts";
import { toMarkdown } from "#shared/pages/markdown.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import { fail, ok } from "#shared/result.ts";
import type { Database } from "#server/database/types.ts";
import { load } from "#server/documents/live.ts";
import { holdingPage } from "#server/documents/page-lock.ts";

import { permit, reachPage } from "./reach.ts";

/** When a page said something else, and by whose hand; newest first. */
export async function versionsOf(db: Kysely<Database>, person: MemberId, id: PageId) {
  const reach = await reachPage(db, person, id, "read");
  if (!reach.ok) return reach;
  const rows = await db
    .selectFrom("page_version")
    .select(["version", "at", "authors"])
    .where("page_id", "=", id)
    .orderBy("version", "desc")
    .execute();
  return ok({ versions: rows.map(({ version, at, authors }) => ({ version, at, authors: authors as MemberId[] })) });
}

/** What a page said then. */
export async function versionOf(db: Kysely<Database>, person: MemberId, id: PageId, version: number) {
  const reach = await reachPage(db, person, id, "read");
  if (!reach.ok) return reach;
  const row = await db
    .selectFrom("page_version")
    .selectAll()
    .where("page_id", "=", id)
    .where("version", "=", version)
    .executeTakeFirst();
  if (row === undefined) return fail({ kind: "not-found" } as const);
  const { at, authors, content } = row;
  return ok({ version, at, authors: authors as MemberId[], content: { ...content, content: [...content.content] } });
}

/** Keeps what a page says now, so that it can be had back after a restore. */
export async function keepVersion(db: Kysely<Database>, person: MemberId, id: PageId) {
  const reach = await reachPage(db, person, id, "read");
  if (!reach.ok) return reach;
  const allowed = permit(reach.value, "page.edit");
  if (!allowed.ok) return allowed;
  return holdingPage(db, id, async (own) => {
    const now = await bodyOf(own, id);
    if (now === undefined) return fail({ kind: "not-found" } as const);
    await sql`
      insert into page_version (page_id, version, content, authors, began, at, kept)
      select ${id}, ${now.version}, ${JSON.stringify(now.body)}::jsonb, array(
          select distinct author from journal where document = ${pageDocument(id)} and author is not null
            and version > coalesce((select max(version) from page_version where page_id = ${id}), 0)),
        ${Date.now()}, ${Date.now()}, true
      where exists (select from document where name = ${pageDocument(id)}) and ${now.version} > 0
      on conflict (page_id, version) do update set kept = true`.execute(own);
    return ok(undefined);
  });
}

export async function markdownOf(db: Kysely<Database>, person: MemberId, id: PageId) {
  const reach = await reachPage(db, person, id, "read");
  if (!reach.ok) return reach;
  const now = await bodyOf(db, id);
  return now === undefined
    ? fail({ kind: "not-found" } as const)
    : ok({ title: reach.value.row.title, markdown: toMarkdown(now.body) });
}

async function bodyOf(
  db: Kysely<Database>,
  id: PageId,
): Promise<{ readonly version: number; readonly body: PageBody } | undefined> {
  const live = await load(db, pageDocument(id), new Doc());
  return live && { version: live.version, body: readBody(live.doc.getXmlFragment(PAGE_ROOT)) };
}
