import type { Accessor } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import type { Api } from "#client/api/create-api.ts";
import { createPages } from "#client/api/create-pages.ts";
import type { CommunityId, MemberId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";
import type { Member } from "#shared/protocol/http/communities.ts";

/** The members of a community by name, page by page, and what can be done about one. */
export function createMembers(api: Api, community: Accessor<CommunityId>, words: Accessor<string>) {
  const input = () => ({ id: community(), q: words().trim() });
  const pages = createPages(input, async ({ id, q }, after, signal) => {
    const answer = await api.members({ id, ...(q !== "" && { q }), ...(after !== undefined && { after }) }, signal);
    return answer.ok ? { ok: true, value: { items: answer.value.members, next: answer.value.next } } : answer;
  });
  const act = createAct();

  const change = (person: MemberId, member: Partial<Member>): void =>
    pages.change((all) => all.map((was) => (was.id === person ? { ...was, ...member } : was)));

  return {
    ...pages,
    act,

    async setRole(person: MemberId, role: Exclude<Role, "owner">): Promise<void> {
      const answer = await act.run(() => api.changeRole({ id: community(), person, role }));
      if (answer.ok) change(person, { role });
    },

    /** Takes somebody out of the community and of everything in it. */
    async remove(person: MemberId): Promise<boolean> {
      const answer = await act.run(() => api.removeMember({ id: community(), person }));
      if (answer.ok) pages.change((all) => all.filter(({ id }) => id !== person));
      return answer.ok;
    },

    async handOver(person: MemberId): Promise<boolean> {
      const answer = await act.run(() => api.transferCommunity({ id: community(), person }));
      if (answer.ok) await pages.reload();
      return answer.ok;
    },
  };
}

export type Members = ReturnType<typeof createMembers>;
