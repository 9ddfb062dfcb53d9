import { sql, type Kysely } from "kysely";
import { Doc } from "yjs";

import type { PageRef } from "#shared/documents/names.ts";
import { readBody, type PageBody } from "#shared/pages/body.ts";
import { plainText } from "#shared/pages/plain-text.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import type { Database } from "#server/database/types.ts";
import { wordTerms } from "#server/database/text-search.ts";
import { load } from "#server/documents/live.ts";
import { holdingPage } from "#server/documents/page-lock.ts";

import { superfluous } from "./page-versions.ts";

/** How checkpoints of pages are signed; a higher version has every page read again. */
export const PAGES = "pages/1";

/** A longer text is found by its beginning: PostgreSQL keeps no more of it. */
const MAX_FOUND = 60_000;
/** What the same people write sooner than this after each other, in ms, is one version, as long as that does not become longer than SPAN. */
const PAUSE = 300_000;
const SPAN = 1_800_000;
/** What leaves less than this of a page's words is a version of its own, however soon it follows. */
const LEFT = 0.5;

/** Makes a page's words findable, and notes what it says now in its history. */
export const projectPage = (db: Kysely<Database>, name: string, ref: PageRef): Promise<void> =>
  holdingPage(db, ref.id, async (own) => {
    const live = await load(own, name, new Doc());
    if (live === undefined) return;
    await own.transaction().execute(async (trx) => {
      const from = await readCheckpoint(trx, name);
      if (live.version <= from) return;
      const body = readBody(live.doc.getXmlFragment(PAGE_ROOT));
      await writeText(trx, ref.id, body);
      await noteVersion(trx, ref.id, live.version, body, await editsSince(trx, name, from));
      await trx
        .insertInto("checkpoint")
        .values({ projection: PAGES, document: name, version: live.version })
        .onConflict((conflict) => conflict.columns(["projection", "document"]).doUpdateSet({ version: live.version }))
        .execute();
    });
  });

async function readCheckpoint(trx: Kysely<Database>, name: string): Promise<number> {
  const row = await trx
    .selectFrom("checkpoint")
    .select("version")
    .where("projection", "=", PAGES)
    .where("document", "=", name)
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** Deletes what can be read from the documents again; the history stays. */
export const emptyPages = async (trx: Kysely<Database>): Promise<void> =>
  void (await sql`truncate page_text`.execute(trx));

/** Nothing of a page that was deleted meanwhile. */
async function writeText(trx: Kysely<Database>, id: string, page: PageBody): Promise<void> {
  const body = plainText(page).slice(0, MAX_FOUND);
  await sql`
    insert into page_text (page_id, body, terms)
    select id, ${body}, ${wordTerms(body)}::tsvector from page where id = ${id} and deleted_at is null
    on conflict (page_id) do update set body = excluded.body, terms = excluded.terms`.execute(trx);
}

interface Edits {
  readonly authors: readonly string[];
  readonly first: number;
  readonly last: number;
}

/** Who wrote meanwhile, whoever wrote last at the end, and when; nobody's name where the journal has forgotten it. */
async function editsSince(trx: Kysely<Database>, name: string, from: number): Promise<Edits> {
  const { rows } = await sql<{ authors: string[]; first: number | null; last: number | null }>`
    select coalesce(array_agg(author order by newest) filter (where author is not null), '{}') as authors,
      min(first) as first, max(last) as last
    from (
      select author, max(version) as newest, min(received) as first, max(received) as last
      from journal where document = ${name} and version > ${from} group by author) edits`.execute(trx);
  const row = rows[0];
  return { authors: row?.authors ?? [], first: row?.first ?? Date.now(), last: row?.last ?? Date.now() };
}

async function noteVersion(
  trx: Kysely<Database>,
  id: string,
  version: number,
  body: PageBody,
  { authors, first, last }: Edits,
): Promise<void> {
  const content = JSON.stringify(body);
  const before = await trx
    .selectFrom("page_version")
    .selectAll()
    .where("page_id", "=", id)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  if (before !== undefined && before.version >= version) return;

  const goesOn =
    before !== undefined &&
    !before.kept &&
    first - before.at < PAUSE &&
    last - before.began < SPAN &&
    new Set(before.authors).symmetricDifference(new Set(authors)).size === 0 &&
    plainText(body).length >= LEFT * plainText(before.content).length;
  if (goesOn)
    await trx
      .updateTable("page_version")
      .set({ version, content, at: last, authors: [...authors] })
      .where("page_id", "=", id)
      .where("version", "=", before.version)
      .execute();
  else
    await sql`
      insert into page_version (page_id, version, content, authors, began, at)
      select id, ${version}, ${content}::jsonb, ${authors}::uuid[], ${first}, ${last} from page
      where id = ${id} and deleted_at is null`.execute(trx);
  await thinHistory(trx, id);
}

/** Nobody's versions leave because somebody else wrote much. */
async function thinHistory(trx: Kysely<Database>, id: string): Promise<void> {
  const versions = await trx
    .selectFrom("page_version")
    .select(["version", "at", "authors"])
    .where("page_id", "=", id)
    .execute();
  await sql`delete from page_version where page_id = ${id} and version = any(${superfluous(versions)})`.execute(trx);
}
