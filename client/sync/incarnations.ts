import { Doc } from "yjs";

import { isLog, logName, parseDocumentName, type LogRef } from "#shared/documents/names.ts";
import { parseEntry, type Entry } from "#shared/entries/kinds.ts";
import type { EntryId, MemberId } from "#shared/ids.ts";
import type { Api } from "#client/api/create-api.ts";
import type { LocalDatabase, UnsentRow } from "#client/storage/database.ts";
import type { ReplicaDisk } from "#client/storage/replica-disk.ts";

import type { Replica } from "./replica.ts";
import type { Replicas } from "./replicas.ts";
import type { Unsent } from "./unsent.ts";

/** To which history of the server the replicas here belong, and what is done when the server comes back as another one. */
export interface Incarnations {
  readonly current: () => string;
  /**
   * Before the first replica meets the server on a connection. What this person had said and the server has forgotten
   * goes back to the unsent, in the step that makes the old replicas void. False: it could not be settled now.
   */
  readonly agreeOn: (incarnation: string) => Promise<boolean>;
  /** The server is at odds with one replica: what it has forgotten of it goes back to the unsent. */
  readonly compare: (replica: Replica) => Promise<void>;
  /** A replica is complete; what other incarnations left of it can go. */
  readonly renewed: (replica: Replica) => Promise<void>;
}

export interface IncarnationDependencies {
  readonly me: MemberId;
  readonly db: LocalDatabase;
  readonly disk: ReplicaDisk | undefined;
  readonly api: Pick<Api, "knownEntries">;
  readonly unsent: Unsent;
  readonly replicas: Replicas;
  /** Replicas are to be fetched anew. */
  readonly voided: () => void;
  readonly failed: (problem: unknown) => void;
}

type OwnEntry = { readonly place: LogRef; readonly entry: Entry };

/** As many as the server answers about at once. */
const AT_ONCE = 1_000;

export async function openIncarnations(deps: IncarnationDependencies, first: string): Promise<Incarnations> {
  const { db, disk, unsent, voided } = deps;
  const known = await db.meta.get("incarnation");
  let current = String(known?.value ?? first);
  if (known === undefined) await db.meta.put({ key: "incarnation", value: current }).catch(deps.failed);

  /** Undefined where the server cannot say for this incarnation. */
  async function forgottenOf(own: readonly OwnEntry[], incarnation: string): Promise<readonly UnsentRow[] | undefined> {
    const forgotten = await askForgotten(deps, own, incarnation);
    return (
      forgotten &&
      own.filter(({ entry }) => forgotten.has(entry.id) && unsent.row(entry.id) === undefined).map(returned)
    );
  }

  async function change(next: string): Promise<boolean> {
    const rows = await forgottenOf(await ownEntries(deps), next);
    if (rows === undefined) return false;
    // Not inside a transaction of ours: whoever hears of the rows would take part in it.
    await unsent.add(rows, { key: "incarnation", value: next });
    current = next;
    voided();
    return true;
  }

  return {
    current: () => current,
    agreeOn: async (incarnation) => incarnation === current || change(incarnation),
    async compare({ name, doc }) {
      await unsent.add((await forgottenOf(ownIn(name, doc(), deps.me), current)) ?? []);
    },
    async renewed({ name }) {
      const old =
        (await disk?.stored())?.filter(({ document, incarnation }) => document === name && incarnation !== current) ??
        [];
      if (old.length > 0) await disk?.remove(old.map((replica) => replica.name));
    },
  };
}

/** Under its old id and with its old bytes: where the server does know it, nothing happens twice. */
const returned = ({ place, entry }: OwnEntry): UnsentRow => ({
  id: entry.id,
  channel: place.id,
  log: place.kind,
  entry,
  offset: undefined,
  state: "framed",
  sent: [],
  attempts: 0,
  alone: false,
});

function ownIn(name: string, doc: Doc, me: MemberId): readonly OwnEntry[] {
  const place = parseDocumentName(name);
  if (place === undefined || !isLog(place)) return [];
  const entries = doc.getArray<unknown>(logName(me)).toArray().map(parseEntry);
  return entries.flatMap((entry) => (entry === undefined ? [] : [{ place, entry }]));
}

/** Everything that this person wrote in the replicas here, in memory and stored, of whichever incarnation. */
async function ownEntries({ me, disk, replicas }: IncarnationDependencies): Promise<readonly OwnEntry[]> {
  const found = replicas.all().flatMap(({ name, doc }) => ownIn(name, doc(), me));
  for (const { document, incarnation } of (await disk?.stored()) ?? []) {
    const doc = new Doc();
    const kept = await disk?.open(document, incarnation, doc);
    found.push(...ownIn(document, doc, me));
    kept?.close();
  }
  return [...new Map(found.map((own) => [own.entry.id, own])).values()];
}

/** Those that the server knows neither as present nor as erased; undefined where it cannot say for this incarnation. */
async function askForgotten(
  { api }: IncarnationDependencies,
  own: readonly OwnEntry[],
  incarnation: string,
): Promise<ReadonlySet<EntryId> | undefined> {
  const forgotten = new Set<EntryId>();
  for (const [channel, entries] of Map.groupBy(own, ({ place }) => place.id)) {
    for (const ids of portions(entries.map(({ entry }) => entry.id))) {
      const answer = await api.knownEntries({ channel: channel, ids });
      if (!answer.ok && answer.problem.kind === "not-found") break;
      if (!answer.ok || answer.value.incarnation !== incarnation) return undefined;
      answer.value.unknown.forEach((id) => forgotten.add(id));
    }
  }
  return forgotten;
}

const portions = <Value>(values: readonly Value[]): Value[][] =>
  Array.from({ length: Math.ceil(values.length / AT_ONCE) }, (_, index) =>
    values.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
