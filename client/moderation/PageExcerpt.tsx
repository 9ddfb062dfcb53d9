import { Show, type JSX } from "solid-js";

import { pagePath } from "#client/paths.ts";
import type { CasePage } from "#shared/protocol/http/moderation.ts";

import { titleOfPage } from "./case-words.ts";

interface Props {
  readonly page: CasePage;
  /** Whom its case is about. */
  readonly author: string;
  /** It is there for this person, who can open it. */
  readonly isKnown: boolean;
}

/** The reported page, as it begins now. */
export const PageExcerpt = (props: Props): JSX.Element => (
  <article class="excerpt of-page" aria-label={titleOfPage(props.page)}>
    <h3 class="record" dir="auto">
      <Show when={props.isKnown} fallback={titleOfPage(props.page)}>
        <a href={pagePath(props.page.community, props.page.id)}>{titleOfPage(props.page)}</a>
      </Show>
    </h3>
    <Show when={props.page.excerpt !== ""} fallback={<p class="muted">Nothing stands there.</p>}>
      <p class="words" dir="auto">
        {props.page.excerpt}
      </p>
    </Show>
    <p class="note muted">
      <bdi>{props.author}</bdi> worked on it last when it was reported.
      {props.page.title === undefined ? "" : " Its history tells who changed what."}
    </p>
  </article>
);
