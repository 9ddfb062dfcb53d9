import { isLog, parseDocumentName, type DocumentRef } from "#shared/documents/names.ts";
import { homeOf, type MemberId } from "#shared/ids.ts";
import type { ReplicaDisk } from "#client/storage/replica-disk.ts";

import { desksOf } from "./desks-of.ts";
import type { Directories } from "./directories.ts";
import type { Mirrors } from "./mirrors.ts";
import type { Replicas } from "./replicas.ts";
import type { Unsent } from "./unsent.ts";

export interface ReconcileDependencies {
  readonly me: MemberId;
  readonly platformAdmin: boolean;
  readonly mirrors: Mirrors;
  readonly disk: ReplicaDisk | undefined;
  readonly replicas: Replicas;
  readonly unsent: Unsent;
}

/** What is on this device, or on its way out of it, and is no longer shown to this person. Only to be asked when the mirrors are complete. */
export async function strays({
  me,
  platformAdmin,
  mirrors,
  disk,
  replicas,
  unsent,
}: ReconcileDependencies): Promise<readonly DocumentRef[]> {
  const shown = shownTo(me, platformAdmin, mirrors);
  const stored = (await disk?.stored()) ?? [];
  const here = [...replicas.all().map(({ name }) => name), ...stored.map(({ document }) => document)].flatMap(
    (name) => parseDocumentName(name) ?? [],
  );
  const leaving = unsent.rows().map(({ channel, log }): DocumentRef => ({ kind: log, id: channel, segment: 1 }));

  const found = [...here, ...leaving].filter(({ id }) => !shown.has(id));
  return [...new Map(found.map((document) => [document.id as string, document])).values()];
}

/** Somebody may be let in again to what is open here still, or waited for. */
export function welcomeBack({
  me,
  platformAdmin,
  mirrors,
  replicas,
  directories,
}: Pick<ReconcileDependencies, "me" | "platformAdmin" | "mirrors" | "replicas"> & {
  readonly directories: Directories;
}): void {
  const shown = shownTo(me, platformAdmin, mirrors);
  const revived = replicas.revive(({ id }) => shown.has(id));
  directories.catchUp();
  revived.forEach((ref) => (isLog(ref) ? directories.want(ref.id) : undefined));
}

function shownTo(me: MemberId, platformAdmin: boolean, mirrors: Mirrors): ReadonlySet<string> {
  const { channels, conversations, communities, memberships, pages } = mirrors.view();
  return new Set<string>([
    homeOf(me),
    ...channels.keys(),
    ...conversations.keys(),
    ...communities.keys(),
    ...memberships.keys(),
    ...pages.keys(),
    ...desksOf(memberships.values(), platformAdmin),
  ]);
}
