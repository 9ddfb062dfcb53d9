import { Show } from "solid-js";

import { aboutPath, communityPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button, LinkButton } from "#client/ui/Button.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { plural } from "#client/ui/times.ts";
import type { Community } from "#shared/protocol/http/communities.ts";

import { createJoining } from "./create-joining.ts";

/** A community from outside, in a list. One with rules is entered through its own page, where they stand. */
export function Place(props: { readonly community: Community }) {
  const local = useLocal();
  const join = createJoining();
  const isMine = () => local.membershipOf(props.community.id) !== undefined;

  return (
    <li class="place" data-community style={{ "--community-hue": props.community.hue }}>
      <Banner name={props.community.name} hue={props.community.hue} />
      <div>
        <h2>
          <a href={aboutPath(props.community.id)}>
            <bdi>{props.community.name}</bdi>
          </a>
        </h2>
        <p class="lines-2">
          <bdi>{props.community.description}</bdi>
        </p>
        <p class="note muted mt-1">open, {plural(props.community.members, "member")}</p>
        <FormProblem problem={join.problem()} />
      </div>
      <Show
        when={!isMine()}
        fallback={
          <LinkButton href={communityPath(props.community.id)}>
            Open<span class="hush">: {props.community.name}</span>
          </LinkButton>
        }
      >
        <Show
          when={props.community.rules === ""}
          fallback={
            <LinkButton href={aboutPath(props.community.id)}>
              About it<span class="hush">: {props.community.name}</span>
            </LinkButton>
          }
        >
          <Button aria-busy={join.busy()} onClick={() => void join.go(props.community)}>
            Join<span class="hush">: {props.community.name}</span>
          </Button>
        </Show>
      </Show>
    </li>
  );
}
