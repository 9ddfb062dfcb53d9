import { useParams } from "@solidjs/router";
import { Show } from "solid-js";

import { communityPath, DISCOVER } from "#client/paths.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Bar } from "#client/ui/Bar.tsx";
import { LinkButton } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Rules } from "#client/ui/Rules.tsx";
import { rulesOf } from "#client/ui/rules.ts";
import { plural } from "#client/ui/times.ts";
import { createTitle } from "#client/ui/title.ts";
import type { CommunityId } from "#shared/ids.ts";

import { createAbout } from "./create-about.ts";
import { Door } from "./Door.tsx";

/** What a community says about itself, with the door beside it. */
export function AboutPage() {
  const params = useParams<{ community: CommunityId }>();
  const about = createAbout(() => params.community);

  createTitle(() => about.community()?.name ?? "");

  return (
    <Show
      when={about.community()}
      keyed
      fallback={<Nothing known={about.problem() !== undefined} detail={about.problem()?.detail} />}
    >
      {(community) => (
        <main class="sheet" data-community style={{ "--community-hue": community.hue }}>
          <Bar
            back={about.role() === undefined ? DISCOVER : communityPath(community.id)}
            backLabel="Back"
            title={community.name}
            topic={about.role() === undefined ? "not a member yet" : undefined}
          />
          <div class="scroll">
            <div class="front">
              <div class="stack" style={{ "--gap": "var(--space-6)" }}>
                <header class="stack">
                  <Banner name={community.name} hue={community.hue} here tall />
                  <h2 class="display" dir="auto">
                    {community.name}
                  </h2>
                  <Show when={community.description}>
                    {(description) => (
                      <p class="lead-words whitespace-pre-line" dir="auto">
                        {description()}
                      </p>
                    )}
                  </Show>
                  <p class="note muted">
                    <Show when={about.members()}>{(members) => <>{plural(members(), "member")}. </>}</Show>
                    {community.access === "open" ? "Open to everybody." : "By invitation."}
                    {community.archived ? " Archived: it can be read, and nothing is added." : ""}
                  </p>
                </header>
                <Rules rules={rulesOf(community.rules)} />
              </div>
              <Door community={community} role={about.role()} />
            </div>
          </div>
        </main>
      )}
    </Show>
  );
}

const Nothing = (props: { readonly known: boolean; readonly detail: string | undefined }) => (
  <main class="sheet">
    <Bar back={DISCOVER} backLabel="Back" title={props.known ? "Nothing here" : "…"} />
    <Show when={props.known}>
      <EmptyState title="Nothing here for you" text={props.detail}>
        <LinkButton href={DISCOVER}>Discover communities</LinkButton>
      </EmptyState>
    </Show>
  </main>
);
