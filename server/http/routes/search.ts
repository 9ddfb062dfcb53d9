import { endpoints } from "#shared/protocol/http/endpoints.ts";
import { ok } from "#shared/result.ts";
import { parseQuery } from "#shared/search/query.ts";
import { unreadCounts } from "#server/messages/unread.ts";
import { searchPages } from "#server/search/search-pages.ts";
import { search } from "#server/search/search.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** What the projections know: everything one may see, by its words, and what of it is new. */
export function searchRoutes(router: Router, { db }: WebDependencies): void {
  router.on(
    "search",
    endpoints.search,
    { tag: "Search", summary: "Search everything that one may read" },
    async ({ me, input }) => {
      const query = parseQuery(input.q);
      const [{ hits, next }, pages] = await Promise.all([
        search(db, me.person.id, query, input.cursor),
        input.cursor === undefined ? searchPages(db, me.person.id, query) : [],
      ]);
      return ok({ hits: [...hits], ...(pages.length > 0 && { pages: [...pages] }), next });
    },
  );

  router.on("unread", endpoints.unread, { tag: "Search", summary: "What is new, per channel" }, async ({ me }) =>
    ok({ channels: [...(await unreadCounts(db, me.person.id))] }),
  );
}
