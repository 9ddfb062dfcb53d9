import { allEndpoints as endpoints } from "#shared/protocol/http/later-endpoints.ts";
import { keepVersion, markdownOf, versionOf, versionsOf } from "#server/communities/page-history.ts";
import { changePage, createPage, deletePage, pageOf, pagesOf } from "#server/communities/pages.ts";

import type { WebDependencies } from "../dependencies.ts";
import type { Router } from "../route.ts";

/** Pinned posts, guidelines and wiki pages. What they say is edited in their documents. */
export function pageRoutes(router: Router, { db, authority }: WebDependencies): void {
  router.on("createPage", endpoints.createPage, { tag: "Pages", summary: "Make a page" }, ({ me, input }) =>
    authority.change((trx, consequences) => createPage(trx, consequences, me.person.id, input.id, input)),
  );

  router.on(
    "pages",
    endpoints.pages,
    { tag: "Pages", summary: "The pages of a community that one may read" },
    ({ me, input }) => pagesOf(db, me.person.id, input.id),
  );

  router.on("page", endpoints.page, { tag: "Pages", summary: "One page" }, ({ me, input }) =>
    pageOf(db, me.person.id, input.id),
  );

  router.on(
    "changePage",
    endpoints.changePage,
    { tag: "Pages", summary: "Rename, pin, unpin or move a page" },
    ({ me, input }) => {
      const { id, ...change } = input;
      return authority.change((trx, consequences) => changePage(trx, consequences, me.person.id, id, change));
    },
  );

  router.on(
    "deletePage",
    endpoints.deletePage,
    { tag: "Pages", summary: "Delete a page with its history" },
    ({ me, input }) => authority.change((trx, consequences) => deletePage(trx, consequences, me.person.id, input.id)),
  );

  router.on(
    "pageMarkdown",
    endpoints.pageMarkdown,
    { tag: "Pages", summary: "What a page says, as markdown" },
    ({ me, input }) => markdownOf(db, me.person.id, input.id),
  );

  router.on(
    "pageVersions",
    endpoints.pageVersions,
    { tag: "Pages", summary: "The history of a page" },
    ({ me, input }) => versionsOf(db, me.person.id, input.id),
  );

  router.on(
    "keepPageVersion",
    endpoints.keepPageVersion,
    { tag: "Pages", summary: "Keep what a page says now as a version" },
    ({ me, input }) => keepVersion(db, me.person.id, input.id),
  );

  router.on(
    "pageVersion",
    endpoints.pageVersion,
    { tag: "Pages", summary: "What a page said at one time" },
    ({ me, input }) => versionOf(db, me.person.id, input.id, Number(input.version)),
  );
}
