import type { EntryId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";

import type { Point } from "./support/faults.ts";

export const people = ["alice", "bob", "carol"] as const;
export type Name = (typeof people)[number];

/** Names a message. */
export interface Target {
  readonly author: Name;
  readonly id: EntryId;
}

/** Something that somebody has said, as far as anybody can tell it from the rest. */
export interface Said {
  readonly author: Name;
  readonly kind: "message" | "edit" | "retract" | "reaction" | "hide" | "restore";
  /** Of messages alone; of all else nobody is told. */
  readonly id?: EntryId;
  readonly of?: Target;
  readonly re?: Target;
  body?: string;
  readonly key?: string;
  on?: boolean;
  readonly reason?: string;
  /** It was put into a frame, and never changes again. */
  isFramed: boolean;
  /** The server has taken it, whether or not its author knows. */
  isTaken: boolean;
  /** Its author was told so. */
  isAcknowledged: boolean;
  /** Whether its author is asked about it hangs on a moment that the model does not know: the connection broke just then. */
  isUncertain: boolean;
}

export interface ModelDevice {
  readonly owner: Name;
  isOnline: boolean;
  /** As far as it knows, the channel is there for its owner. */
  isIn: boolean;
  /** What it has said and has not seen in the channel since, in the order of writing. */
  pending: Said[];
  drawer: { readonly said: Said; readonly code: RefusalCode }[];
}

/** What a channel is, in plain sets and lists: who may say what, what was said, and where each device stands. */
export class Model {
  readonly roles = new Map<Name, Role>([
    ["alice", "owner"],
    ["bob", "member"],
    ["carol", "member"],
  ]);
  /** What stands in the channel. */
  standing: Said[] = [];
  readonly erased = new Set<EntryId>();
  /** The messages that the server has ever had. */
  readonly arrived = new Set<EntryId>();
  /** Every text that anybody has ever written. */
  readonly texts: string[] = [];
  /** Frames that were on their way when a connection broke. */
  readonly onTheWay: { readonly device: number; readonly said: readonly Said[]; readonly bytes: Uint8Array }[] = [];
  readonly devices: readonly ModelDevice[] = (["alice", "bob", "bob", "carol"] as const).map((owner) => ({
    owner,
    isOnline: true,
    isIn: true,
    pending: [],
    drawer: [],
  }));

  /** A text that nobody has written yet. */
  newText(): string {
    const text = `word ${this.texts.length} end`;
    this.texts.push(text);
    return text;
  }

  isInside = ({ owner }: ModelDevice): boolean => this.roles.has(owner);

  /** Why the server would not take it now. What it has taken before it knows. */
  refusal({ author, kind, isTaken }: Said): RefusalCode | undefined {
    const role = this.roles.get(author);
    if (isTaken) return undefined;
    if (role === undefined) return "not-a-member";
    if (kind === "edit" || kind === "retract") return undefined;
    const may = kind === "message" || kind === "reaction" ? role !== "guest" : role !== "guest" && role !== "member";
    return may ? undefined : "forbidden";
  }

  take(said: Said): void {
    if (said.isTaken) return;
    said.isTaken = true;
    if (said.id !== undefined) this.arrived.add(said.id);
    if (said.kind === "retract") this.erase((said.of as Target).id);
    if (!this.erased.has((said.kind === "edit" ? said.of?.id : said.id) as EntryId)) this.standing.push(said);
    this.devices.filter(({ isOnline }) => isOnline).forEach((device) => this.see(device));
  }

  private erase(id: EntryId): void {
    this.erased.add(id);
    this.standing = this.standing.filter(
      ({ kind, ...said }) => said.id !== id && !(kind === "edit" && said.of?.id === id),
    );
  }

  /** What a device sees in the channel was sent after all. */
  see(device: ModelDevice): void {
    if (this.isInside(device)) device.drawer = device.drawer.filter(({ said }) => !this.standing.includes(said));
  }

  /** Whatever somebody has last said of it, on any device. */
  hasVoted(author: Name, of: Target, key: string): boolean {
    const votes = [...this.standing, ...this.devices.flatMap(({ pending }) => pending)].filter(
      (said) => said.kind === "reaction" && said.author === author && said.key === key && said.of?.id === of.id,
    );
    return votes.at(-1)?.on === true;
  }

  /** On the device first. What has never left it is written anew instead of followed by a correction. */
  write({ pending }: ModelDevice, said: Said): void {
    const isAbout = ({ of }: Said): boolean => of !== undefined && of.id === said.of?.id;
    const isItself = ({ id }: Said): boolean => id !== undefined && id === said.of?.id;
    const unsent = pending.filter(({ isFramed }) => !isFramed);
    const wording = unsent.find((one) => isItself(one) || (one.kind === "edit" && isAbout(one)));
    const vote = unsent.find((one) => one.kind === "reaction" && one.key === said.key && isAbout(one));
    if (said.kind === "edit" && wording !== undefined) return void Object.assign(wording, { body: said.body });
    if (said.kind === "reaction" && vote !== undefined) return void Object.assign(vote, { on: said.on });
    if (said.kind === "retract") {
      const parts = unsent.filter((one) => isItself(one) || (isAbout(one) && one.kind !== "retract"));
      parts.forEach((one) => pending.splice(pending.indexOf(one), 1));
      if (parts.some(isItself)) return;
    }
    pending.push(said);
  }

  /** Everything that waits on a device reaches the server, in one frame or in several. */
  flush(device: ModelDevice): void {
    const all = device.pending.splice(0);
    const surelyNotThere = new Set(all.filter(({ isFramed }) => !isFramed));
    const refused = new Map<EntryId, RefusalCode>();
    for (const said of all) {
      said.isFramed = true;
      const code = this.isInside(device) ? this.refusal(said) : "not-a-member";
      const shared = surelyNotThere.has(said) ? refused.get(said.of?.id as EntryId) : undefined;
      if (code !== undefined && said.id !== undefined) refused.set(said.id, code);
      if (code !== undefined) this.putAway(device, said, code, all);
      else if (shared !== undefined) this.share(device, said, shared, all);
      else this.take(said);
    }
    this.see(device);
  }

  /** What is about words that were refused is refused with them: text is kept, the rest is nothing. */
  private share(device: ModelDevice, said: Said, code: RefusalCode, all: readonly Said[]): void {
    if (said.kind === "edit") this.putAway(device, said, code, all);
  }

  /** Nobody is asked about what they were told is there, or about a message that they have taken back themselves. */
  private putAway(device: ModelDevice, said: Said, code: RefusalCode, all: readonly Said[]): void {
    const isTakenBack = all.some(({ kind, of }) => kind === "retract" && of?.id === said.id);
    if (said.isAcknowledged || (isTakenBack && code === "forbidden")) return;
    // What the server has taken its author may have heard of; what takes back words is needed only where they may arrive.
    const isNeedless = said.kind === "retract" && !this.arrived.has((said.of as Target).id);
    if (said.isTaken || isNeedless) said.isUncertain = true;
    device.drawer.push({ said, code });
  }

  /** All of it travels in one frame, and then the connection breaks. */
  flushInto(device: ModelDevice, point: Point): void {
    const all = device.pending;
    const surelyNotThere = new Set(all.filter(({ isFramed }) => !isFramed));
    const culprits = all.filter((said) => this.refusal(said) !== undefined);
    all.forEach((said) => (said.isFramed = true));
    if (point === "frame") return;
    if (culprits.length === 0) all.forEach((said) => this.take(said));
    if (point === "echo" && culprits.length === 0) all.forEach((said) => (said.isAcknowledged = true));
    if (point === "acknowledgement") all.forEach((said) => (said.isUncertain = said.isTaken));
    if (point !== "echo") return;
    const culpritOf = ({ of }: Said): Said | undefined => culprits.find(({ id }) => id !== undefined && id === of?.id);
    const sharing = all.filter((said) => surelyNotThere.has(said) && !culprits.includes(said) && culpritOf(said));
    device.pending = all.filter((said) => !culprits.includes(said) && !sharing.includes(said));
    culprits.forEach((said) => this.putAway(device, said, this.refusal(said) as RefusalCode, all));
    sharing.forEach((said) => this.share(device, said, this.refusal(culpritOf(said) as Said) as RefusalCode, all));
  }

  /** A frame that everybody had given up arrives. */
  arrive(frame: readonly Said[]): void {
    if (frame.every((said) => this.refusal(said) === undefined)) frame.forEach((said) => this.take(said));
  }
}
