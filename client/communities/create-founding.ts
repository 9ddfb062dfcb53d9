import { textMistake } from "#client/api/check-text.ts";
import type { Api } from "#client/api/create-api.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { createForm } from "#client/ui/create-form.ts";
import type { CommunityId } from "#shared/ids.ts";
import type { Community } from "#shared/protocol/http/communities.ts";
import { limits } from "#shared/protocol/http/text.ts";

interface Values extends Pick<Community, "name" | "hue" | "access"> {
  readonly channel: string;
}

/** Founds a community with its first channel. */
export const createFounding = (api: Api, done: (community: CommunityId) => Promise<void>) =>
  createForm<Values>({
    start: { name: "", channel: "commons", hue: 158, access: "open" },
    check: ({ name, channel }) => ({
      name: textMistake(name, limits.communityName, "A community needs a name. It can be changed later."),
      channel: textMistake(channel, limits.channelName, "One channel to begin with."),
    }),
    async send(values) {
      const answer = await api.createCommunity(values);
      return answer.ok ? done(answer.value.id) : rejectionOf(answer.problem);
    },
  });
