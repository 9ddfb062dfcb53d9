import { textMistake } from "#client/api/check-text.ts";
import type { Api } from "#client/api/create-api.ts";
import { rejectionOf } from "#client/api/rejection.ts";
import { createForm } from "#client/ui/create-form.ts";
import type { ChannelId, CommunityId } from "#shared/ids.ts";
import type { Community } from "#shared/protocol/http/communities.ts";
import { limits } from "#shared/protocol/http/text.ts";

export interface Founded {
  readonly community: CommunityId;
  readonly channel: ChannelId;
}

/** Founds a community with its first channel. Sent again after half of it failed, it goes on where it stopped. */
export function createFounding(api: Api, done: (founded: Founded) => Promise<void>) {
  let community: CommunityId | undefined;

  return createForm({
    start: { name: "", channel: "commons", hue: 158, access: "open" as Community["access"] },
    check: ({ name, channel }) => ({
      name: textMistake(name, limits.communityName, "A community needs a name. It can be changed later."),
      channel: textMistake(channel, limits.channelName, "One channel to begin with."),
    }),
    async send({ name, channel, hue, access }) {
      if (community === undefined) {
        const answer = await api.createCommunity({ name: name.trim(), hue, access });
        if (!answer.ok) return rejectionOf(answer.problem);
        community = answer.value.id;
      }
      const answer = await api.createChannel({ id: community, name: channel.trim() });
      return answer.ok ? done({ community, channel: answer.value.id }) : rejectionOf(answer.problem, { "name-taken": "channel" });
    },
  });
}
