import UserPlus from "lucide-solid/icons/user-plus";
import UsersRound from "lucide-solid/icons/users-round";
import { useParams } from "@solidjs/router";
import { createSignal, For, Show } from "solid-js";

import { useApi } from "#client/api/use-api.ts";
import { communityPath, invitationsPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { LinkButton } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { More } from "#client/ui/More.tsx";
import { createTitle } from "#client/ui/title.ts";
import type { CommunityId } from "#shared/ids.ts";

import { createMembers } from "./create-members.ts";
import { MemberLine } from "./MemberLine.tsx";

/** Who is in a community, and as what. The list is the server's: it is too long for every device. */
export function MembersPage() {
  const params = useParams<{ community: CommunityId }>();
  const local = useLocal();
  const community = () => local.communities().find(({ id }) => id === params.community);
  const [words, setWords] = createSignal("");
  const members = createMembers(useApi(), () => params.community, words);

  createTitle(() => `Members of ${community()?.name ?? ""}`);

  return (
    <main class="sheet">
      <Bar
        back={communityPath(params.community)}
        backLabel="Back to the channels"
        title="Members"
        topic={community()?.name}
      >
        <Show when={local.may("community.invite", params.community)}>
          <LinkButton kind="first" icon={UserPlus} href={invitationsPath(params.community)}>
            Invite
          </LinkButton>
        </Show>
      </Bar>
      <div class="scroll">
        <div class="column sheet-wide">
          <FindField label="Find a member" placeholder="Name" value={words()} onInput={setWords} />
          <div class="py-3">
            <FormProblem problem={members.act.problem() ?? members.trouble()} />
          </div>
          <Show
            when={members.items()?.length}
            fallback={<Nobody asked={words()} known={members.items() !== undefined} />}
          >
            <table class="folk">
              <caption class="hush">Members of {community()?.name}</caption>
              <thead>
                <tr>
                  <th scope="col">Member</th>
                  <th scope="col" class="keep">
                    Role
                  </th>
                  <th scope="col" class="low">
                    Since
                  </th>
                  <th scope="col" class="keep">
                    <span class="hush">What can be done</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                <For each={members.items()}>
                  {(member) => <MemberLine community={params.community} member={member} members={members} />}
                </For>
              </tbody>
            </table>
          </Show>
          <More pages={members} />
        </div>
      </div>
    </main>
  );
}

const Nobody = (props: { readonly asked: string; readonly known: boolean }) => (
  <Show when={props.known && props.asked !== ""}>
    <EmptyState
      icon={UsersRound}
      title="Nobody by that name"
      text="A few letters of the beginning of a name are enough."
    />
  </Show>
);
