import { communityDocument, pageDocument, parseDocumentName, type DocumentRef } from "#shared/documents/names.ts";
import type { ChannelId, CommunityId, PageId } from "#shared/ids.ts";
import type { Api } from "#client/api/create-api.ts";
import type { LocalDatabase } from "#client/storage/database.ts";
import type { ReplicaDisk } from "#client/storage/replica-disk.ts";

import { isTakenBack } from "./dependents.ts";
import type { Directories } from "./directories.ts";
import { gone, refusedFor } from "./fate.ts";
import type { Replicas } from "./replicas.ts";
import type { Unsent } from "./unsent.ts";

export interface ExpulsionDependencies {
  readonly db: LocalDatabase;
  readonly api: Pick<Api, "community" | "page">;
  readonly disk: ReplicaDisk | undefined;
  readonly directories: Directories;
  readonly replicas: Replicas;
  readonly unsent: Unsent;
  /** What was written on a page that is gone is kept for its author. */
  readonly pages: { readonly forget: (page: PageId) => Promise<void> };
}

/**
 * Asks whether something is still there for this person. What is not goes from this device, and what was to be said
 * there moves to the drawer. Only the server's plain "nothing here" counts: an outage must not cost anybody their replica.
 */
export async function examine(deps: ExpulsionDependencies, document: DocumentRef): Promise<"gone" | "here" | "away"> {
  const { api, directories } = deps;
  if (document.kind === "user") return "here";

  if (document.kind === "community") {
    const answer = await api.community({ id: document.id });
    if (!answer.ok && answer.problem.kind !== "not-found") return "away";
    const isMember = answer.ok && answer.value.role !== undefined;
    if (!isMember) await forgetCommunity(deps, document.id);
    return isMember ? "here" : "gone";
  }

  if (document.kind === "page") return examinePage(deps, document.id);

  const state = await directories.refresh(document.id);
  if (state === "gone") await forgetChannel(deps, document.id);
  return state === "known" ? "here" : state;
}

async function examinePage(
  { api, disk, replicas, pages }: ExpulsionDependencies,
  id: PageId,
): Promise<"gone" | "here" | "away"> {
  const answer = await api.page({ id });
  if (answer.ok) return "here";
  if (answer.problem.kind !== "not-found") return "away";
  await pages.forget(id);
  await forgetReplicas(disk, replicas, (document) => document === pageDocument(id));
  return "gone";
}

async function forgetChannel(
  { db, disk, directories, replicas, unsent }: ExpulsionDependencies,
  channel: ChannelId,
): Promise<void> {
  const ban = directories.ban(channel);
  const refusal = ban === undefined ? refusedFor("not-a-member") : refusedFor("banned", ban);
  await unsent.decide(
    unsent.of(channel).map(({ id }) => id),
    // What was acknowledged others have seen; only its echo is missing.
    ({ id, state }) => (state === "committed" || isTakenBack(unsent.rows(), id) ? gone : refusal),
  );
  await directories.forget(channel);
  await db.place.delete(channel);
  await db.kept.delete(channel);
  await forgetReplicas(disk, replicas, (document) => parseDocumentName(document)?.id === channel);
}

/** Its channels are examined one by one: they have left the lists with it. */
const forgetCommunity = ({ disk, replicas }: ExpulsionDependencies, community: CommunityId): Promise<void> =>
  forgetReplicas(disk, replicas, (document) => document === communityDocument(community));

async function forgetReplicas(
  disk: ReplicaDisk | undefined,
  replicas: Replicas,
  isMeant: (document: string) => boolean,
): Promise<void> {
  replicas.all().forEach(({ name }) => (isMeant(name) ? replicas.drop(name) : undefined));
  const stored = (await disk?.stored()) ?? [];
  await disk?.remove(stored.filter(({ document }) => isMeant(document)).map(({ name }) => name));
}
