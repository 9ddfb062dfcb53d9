import CircleX from "lucide-solid/icons/circle-x";
import Copy from "lucide-solid/icons/copy";
import { Show, type JSX } from "solid-js";

import type { PageDraft } from "#client/sync/local.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { copyAndSay } from "#client/ui/copy.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { briefTime } from "#client/ui/times.ts";

/** What somebody wrote on a page and could not bring there. It is theirs until they discard it. */
export function PageDraftView(props: { readonly draft: PageDraft }): JSX.Element {
  const local = useLocal();
  const title = () => props.draft.title || "a page that is gone";
  const written = () => props.draft.written;

  return (
    <article class="stack" style={{ "--gap": "var(--space-2)" }} aria-label={`What you wrote on ${title()}`}>
      <div class="row-of far" style={{ "flex-wrap": "nowrap" }}>
        <b class="clip record" dir="auto">
          {title()}
        </b>
        <time class="mark muted">{briefTime(props.draft.at, Date.now())}</time>
      </div>
      <blockquote
        class="well talk-words"
        dir="auto"
        tabindex="0"
        style={{ "max-block-size": "16rem", overflow: "auto" }}
      >
        {written() || "You took something out."}
      </blockquote>
      <p class="says danger" role="note">
        <Icon of={CircleX} size="small" />
        <span>{props.draft.reason}</span>
      </p>
      <div class="row-of">
        <Button icon={Copy} onClick={() => void copyAndSay(written())}>
          Copy what you wrote
        </Button>
        <Show when={props.draft.whole}>
          {(whole) => <Button onClick={() => void copyAndSay(whole())}>Copy the whole page</Button>}
        </Show>
        <Button kind="danger plain" onClick={() => void local.pages.discard(props.draft.id)}>
          Discard
        </Button>
      </div>
    </article>
  );
}
