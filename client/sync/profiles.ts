import type { MemberId } from "#shared/ids.ts";
import type { Api } from "#client/api/create-api.ts";
import type { LocalDatabase } from "#client/storage/database.ts";

/** Names of people, from this device at once, from the server where they are unknown here. */
export interface Profiles {
  /** Empty until it is known. */
  readonly nameOf: (id: MemberId) => string;
  readonly learn: (id: MemberId, name: string) => Promise<void>;
  /** The server can be asked again: names may have changed meanwhile. */
  readonly refresh: () => void;
}

export interface ProfileDependencies {
  readonly db: LocalDatabase;
  readonly api: Pick<Api, "profiles">;
  readonly changed: (ids: readonly MemberId[]) => void;
  readonly failed: (problem: unknown) => void;
}

/** As many as the server answers about at once. */
const AT_ONCE = 200;

export async function openProfiles({ db, api, changed, failed }: ProfileDependencies): Promise<Profiles> {
  const names = new Map((await db.profile.toArray()).map(({ id, name }) => [id, name]));
  const shown = new Set<MemberId>();
  let due: MemberId[] = [];

  async function take(profiles: readonly { readonly id: MemberId; readonly name: string }[]): Promise<void> {
    const news = profiles.filter(({ id, name }) => names.get(id) !== name);
    if (news.length === 0) return;
    news.forEach(({ id, name }) => names.set(id, name));
    changed(news.map(({ id }) => id));
    // A name that cannot be kept is asked for again at the next start.
    await db.profile.bulkPut(news.map(({ id, name }) => ({ id, name }))).catch(failed);
  }

  /** All at once: those on screen may be the last of many. */
  async function ask(): Promise<void> {
    const asked = due;
    due = [];
    const questions = Math.ceil(asked.length / AT_ONCE);
    await Promise.all(
      Array.from({ length: questions }, async (_, index) => {
        const ids = asked.slice(index * AT_ONCE, (index + 1) * AT_ONCE);
        const answer = await api.profiles({ ids: ids.join(",") });
        if (answer.ok) await take(answer.value.profiles);
      }),
    );
  }

  /** One question for all who are asked about in one go. */
  function want(ids: readonly MemberId[]): void {
    if (due.length === 0 && ids.length > 0) queueMicrotask(() => void ask().catch(failed));
    due.push(...ids);
  }

  return {
    nameOf(id) {
      const name = names.get(id);
      if (!shown.has(id) && name === undefined) want([id]);
      shown.add(id);
      return name ?? "";
    },
    learn: (id, name) => take([{ id, name }]),
    refresh: () => want([...shown]),
  };
}
