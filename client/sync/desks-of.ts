import type { MirroredMembership } from "#shared/entries/kinds/mirror.ts";
import { deskOf, PLATFORM, type ChannelId } from "#shared/ids.ts";

const isModerator = ({ role }: MirroredMembership): boolean => role !== "member" && role !== "guest";

/** The desks that somebody works at. */
export const desksOf = (memberships: Iterable<MirroredMembership>, platformAdmin: boolean): readonly ChannelId[] => [
  ...[...memberships].filter(isModerator).map(({ community }) => deskOf(community)),
  ...(platformAdmin ? [deskOf(PLATFORM)] : []),
];
