import type { EntryId } from "#shared/ids.ts";
import type { Role } from "#shared/permissions/rules.ts";
import type { RefusalCode } from "#shared/protocol/refusals.ts";

import type { ModelDevice, Name, Said } from "./said.ts";
import type { Point } from "./support/faults.ts";

const ranks = ["guest", "member", "moderator", "owner"] as const satisfies readonly Role[];

/** What one must at least be to say it. */
const needs = {
  message: "member",
  edit: "guest",
  retract: "guest",
  reaction: "member",
  hide: "moderator",
  restore: "moderator",
} as const satisfies Record<Said["kind"], Role>;

/** What a channel is, in plain sets and lists: who may say what, what was said, and where each device stands. */
export class Model {
  readonly roles = new Map<Name, (typeof ranks)[number]>([
    ["alice", "owner"],
    ["bob", "member"],
    ["carol", "member"],
  ]);
  /** What stands in the channel. */
  standing: Said[] = [];
  readonly erased = new Set<EntryId | undefined>();
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
  newText = (): string => this.texts[this.texts.push(`word ${this.texts.length} end`) - 1] as string;

  isInside = ({ owner }: ModelDevice): boolean => this.roles.has(owner);

  /** Why the server would not take it now. What it has taken before it knows. */
  refusal({ author, kind, of, isTaken }: Said): RefusalCode | undefined {
    const role = this.roles.get(author);
    if (role === undefined) return "not-a-member";
    if (isTaken) return undefined;
    if (kind === "restore" && of?.author === author && role !== "owner") return "forbidden";
    return ranks.indexOf(role) >= ranks.indexOf(needs[kind]) ? undefined : "forbidden";
  }

  private take(said: Said): void {
    if (said.isTaken) return;
    said.isTaken = true;
    this.standing.push(said);
    if (said.kind === "retract") this.erased.add(said.of?.id);
    this.standing = this.standing.filter(({ kind, id, of }) => !this.erased.has(kind === "edit" ? of?.id : id));
    this.devices.filter(({ isOnline }) => isOnline).forEach((device) => this.see(device));
  }

  /** What a device sees in the channel was sent after all. */
  see(device: ModelDevice): void {
    if (this.isInside(device)) device.drawer = device.drawer.filter(({ said }) => !this.standing.includes(said));
  }

  /** On the device first. What has never left it is written anew instead of followed by a correction. */
  write({ pending }: ModelDevice, said: Said): void {
    const unsent = pending.filter(({ isFixed }) => !isFixed);
    const isTarget = ({ id }: Said): boolean => id !== undefined && id === said.of?.id;
    const isAboutSame = ({ of }: Said): boolean => of !== undefined && of.id === said.of?.id;
    const old = unsent.find(
      (one) =>
        (said.kind === "edit" && isTarget(one)) ||
        (isAboutSame(one) && one.kind === said.kind && one.key === said.key && (one.kind === "edit" || "on" in one)),
    );
    if (old !== undefined) return void Object.assign(old, "on" in said ? { on: said.on } : { body: said.body });
    const parts = unsent.filter((one) => isTarget(one) || (isAboutSame(one) && one.kind !== "retract"));
    if (said.kind === "retract") parts.forEach((one) => pending.splice(pending.indexOf(one), 1));
    if (said.kind !== "retract" || !parts.some(isTarget)) pending.push(said);
  }

  /** What waits on a device travels in one frame, at least if the connection breaks at `cut`. The rest of a refused one goes again. */
  send(device: ModelDevice, cut?: Point): void {
    // What the channel shows need not be sent.
    if (this.isInside(device)) device.pending = device.pending.filter(({ isTaken }) => !isTaken);
    const refused = device.pending.filter((said) => this.refusal(said) !== undefined);
    const isTold = cut === undefined || cut === "echo";
    device.pending.forEach((said) => (said.isFixed = true));
    if (refused.length === 0 && cut !== "frame") device.pending.forEach((said) => this.take(said));
    if (refused.length === 0) device.pending.forEach((said) => (said.isKnown = isTold || cut === "acknowledgement"));
    if (refused.length > 0 && isTold) this.putAway(device, refused);
    if (!isTold) device.pending.forEach((said) => (said.mayArrive = true));
    if (cut === undefined && refused.length > 0 && device.pending.length > 0) this.send(device);
    else if (cut === undefined) device.pending = [];
    this.see(device);
  }

  /** Edits of words that nobody has are put away with them; other acts about them are nothing. Nobody is asked what to do with words that they took back. */
  private putAway(device: ModelDevice, refused: readonly Said[]): void {
    const all = device.pending.splice(0);
    for (const said of all) {
      const target = refused.find(({ id }) => id !== undefined && id === said.of?.id);
      const isShared = target !== undefined && !said.mayArrive && (said.kind !== "retract" || !target.mayArrive);
      const code = this.refusal(said) ?? (isShared ? this.refusal(target) : undefined);
      const isTakenBack = all.some(({ kind, of }) => kind === "retract" && of?.id === said.id);
      if (code === undefined) device.pending.push(said);
      else if (!said.isKnown && !isTakenBack && (refused.includes(said) || said.kind === "edit"))
        device.drawer.push({ said, code });
    }
  }

  /** A frame that everybody had given up arrives. */
  arrive(frame: readonly Said[]): void {
    if (frame.every((said) => this.refusal(said) === undefined)) frame.forEach((said) => this.take(said));
  }
}
