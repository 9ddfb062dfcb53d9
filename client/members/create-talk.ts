import { useNavigate } from "@solidjs/router";

import { sayProblem } from "#client/api/rejection.ts";
import { useApi } from "#client/api/use-api.ts";
import { conversationPath } from "#client/paths.ts";
import { arrived } from "#client/sync/arrived.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { say } from "#client/ui/toasts.ts";
import type { MemberId } from "#shared/ids.ts";

/** Opens the direct conversation with somebody. One that is on this device opens without a network. */
export function createTalk() {
  const api = useApi();
  const local = useLocal();
  const navigate = useNavigate();

  const known = (person: MemberId) =>
    local.conversations().find(({ kind, participants }) => kind === "direct" && participants.includes(person));

  async function go(person: MemberId): Promise<void> {
    const here = known(person);
    if (here !== undefined) return navigate(conversationPath(here.id));

    const answer = await api.startConversation({ kind: "direct", people: [person] });
    if (!answer.ok) return say(sayProblem(answer.problem).text);
    await arrived(() => local.channel(answer.value.id) !== undefined);
    navigate(conversationPath(answer.value.id));
  }

  return { go };
}
