import { createSignal, type Accessor } from "solid-js";

import type { Api } from "#client/api/create-api.ts";
import { createPages } from "#client/api/create-pages.ts";
import { ok } from "#shared/result.ts";
import type { PageHit } from "#shared/protocol/http/search.ts";
import { isEmptyQuery, parseQuery } from "#shared/search/query.ts";

/** What the server finds, newest first. It searches everything one may see, and only that. */
export function createSearch(api: Api, query: Accessor<string>) {
  const [pages, setPages] = createSignal<readonly PageHit[]>([]);
  const found = createPages(query, async (q, cursor, signal) => {
    // Half a word of syntax finds nothing: the server is not asked.
    if (isEmptyQuery(parseQuery(q))) {
      setPages([]);
      return ok({ items: [] });
    }
    const answer = await api.search({ q, ...(cursor !== undefined && { cursor }) }, signal);
    // Whole pages that fit come with the first of the messages.
    if (answer.ok && cursor === undefined) setPages(answer.value.pages ?? []);
    return answer.ok ? ok({ items: answer.value.hits, next: answer.value.next }) : answer;
  });
  return { ...found, pages };
}
