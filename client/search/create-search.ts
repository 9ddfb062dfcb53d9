import type { Accessor } from "solid-js";

import type { Api } from "#client/api/create-api.ts";
import { createPages } from "#client/api/create-pages.ts";
import { ok } from "#shared/result.ts";
import { isEmptyQuery, parseQuery } from "#shared/search/query.ts";

/** What the server finds, newest first. It searches everything one may see, and only that. */
export const createSearch = (api: Api, query: Accessor<string>) =>
  createPages(query, async (q, cursor, signal) => {
    // Half a word of syntax finds nothing: the server is not asked.
    if (isEmptyQuery(parseQuery(q))) return ok({ items: [] });
    const answer = await api.search({ q, ...(cursor !== undefined && { cursor }) }, signal);
    return answer.ok ? ok({ items: answer.value.hits, next: answer.value.next }) : answer;
  });
