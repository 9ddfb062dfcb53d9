import * as fc from "fast-check";

import type { ChannelId } from "#shared/ids.ts";
import type { Local } from "#client/sync/local.ts";
import { until } from "#tests/support/until.ts";

import type { Command } from "./command.ts";
import type { Model } from "./model.ts";
import type { ModelDevice, Name, Said, Target } from "./said.ts";
import type { Device } from "./support/device.ts";
import { points, type Point } from "./support/faults.ts";
import type { Village } from "./support/village.ts";

const kinds = ["message", "reply", "edit", "retract", "reaction", "hide", "restore"] as const;
type Kind = (typeof kinds)[number];

export interface Act {
  readonly on: number;
  readonly kind: Kind;
  readonly pick: number;
  /** Where the connection breaks meanwhile. */
  readonly cut: Point | undefined;
}

export const act = fc.record<Act>({
  on: fc.nat(3),
  kind: fc.constantFrom(...kinds, "message", "message", "edit", "retract"),
  pick: fc.nat(100),
  cut: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, fc.constantFrom(...points)),
});

/** A frame holds as many: in a model of single frames nobody may write more at a time. */
const MAX_PENDING = 18;

/** Somebody says something on one of their devices, about what it shows. */
export class Acting implements Command {
  readonly act: Act;
  constructor(done: Act) {
    this.act = done;
  }

  check = (model: Readonly<Model>): boolean => {
    const device = model.devices[this.act.on] as ModelDevice;
    return device.isIn && device.pending.length < MAX_PENDING && (this.act.cut === undefined || device.isOnline);
  };

  run = async (model: Model, village: Village): Promise<void> => {
    const { on, kind, cut } = this.act;
    const [device, real] = [model.devices[on] as ModelDevice, village.devices[on] as Device];
    const isPlain = kind === "message" && cut === undefined;
    if (device.isOnline && !isPlain) await real.calm();
    const of = kind === "message" ? undefined : this.target(model, village);
    if (kind !== "message" && of === undefined) return;

    if (cut !== undefined) real.faults.arm(cut);
    const said = await perform(real, village.channel, this.said(model, device.owner, of), village.ids);
    model.write(device, said);
    if (cut !== undefined) await breakDown(model, village, on, cut);
    else if (device.isOnline) await leave(model, device, real);
  };

  /** One of the messages that the device shows; to edit or to take back, one of its owner's. */
  private target(model: Model, { ids, devices }: Village): Target | undefined {
    const { on, kind, pick } = this.act;
    const isOwn = kind === "edit" || kind === "retract";
    const me = (model.devices[on] as ModelDevice).owner;
    const rows = (devices[on] as Device).timeline
      .rows()
      .filter((row) => row.kind === "message" && (!isOwn || row.author === ids[me]));
    // Mostly what was said last, so that the same is talked about again and again.
    const possible = pick % 3 === 0 ? rows : rows.slice(-3);
    const row = possible[pick % Math.max(1, possible.length)];
    const author = (Object.keys(ids) as Name[]).find((name) => ids[name] === row?.author);
    return row && author && { author, id: row.id };
  }

  private said(model: Model, author: Name, of: Target | undefined): Said {
    const { kind, pick } = this.act;
    const base = { author, isFixed: false, mayArrive: false, isTaken: false, isKnown: false };
    if (kind === "message") return { ...base, kind, body: model.newText() };
    if (kind === "reply") return { ...base, kind: "message", re: of as Target, body: model.newText() };
    const about = { ...base, kind, of: of as Target };
    if (kind === "edit") return { ...about, body: model.newText() };
    if (kind === "hide") return { ...about, reason: model.newText() };
    if (kind !== "reaction") return about;
    return { ...about, key: pick % 4 > 0 ? "👍" : "🎉", on: pick % 3 > 0 };
  }

  toString = (): string => `Acting(${JSON.stringify(this.act)})`;
}

/** Has the device say it. Answers the same with the name that a message was given. */
const perform = (device: Device, channel: ChannelId, said: Said, ids: Village["ids"]): Promise<Said> =>
  device.does(async (local: Local) => {
    const refTo = ({ author, id }: Target) => ({ author: ids[author], id });
    const { kind, body = "", of, re } = said;
    if (kind === "message")
      return { ...said, id: await local.send(channel, { body, mentions: [], ...(re && { re: refTo(re) }) }) };
    const target = refTo(of as Target);
    if (kind === "edit") await local.edit(channel, target, body, []);
    if (kind === "retract") await local.retract(channel, target);
    if (kind === "reaction") await local.react(channel, target, said.key as string, said.on === true);
    if (kind === "hide") await local.hide(channel, target, said.reason as string);
    if (kind === "restore") await local.restore(channel, target);
    return said;
  });

/** What a device has reaches the server. What will be refused is waited for: about it nothing more can be said. */
export async function leave(model: Model, device: ModelDevice, real: Device): Promise<void> {
  const isRefused = device.pending.some((said) => model.refusal(said) !== undefined);
  model.send(device);
  if (isRefused) await real.calm();
}

/** The connection breaks while all that waits is sent, and stays away. What was heard before is taken in. */
export async function breakDown(model: Model, village: Village, on: number, cut: Point): Promise<void> {
  const [device, real] = [model.devices[on] as ModelDevice, village.devices[on] as Device];
  await until(() => real.faults.isBroken(), `the connection to break at the ${cut}`);
  device.isOnline = false;
  model.send(device, cut);
  const said = device.pending.filter(({ isTaken }) => !isTaken);
  real.faults.onTheWay.splice(0).forEach((bytes) => model.onTheWay.push({ device: on, said, bytes }));
  const waiting = device.pending.filter(({ isKnown }) => !isKnown).length;
  const isTakenIn = ({ local }: Device): boolean =>
    local.device().waiting === waiting && local.notSent().length === device.drawer.length;
  await until(() => isTakenIn(real), `${waiting} waiting and ${device.drawer.length} not sent, by the ${cut}`);
  await real.goOffline();
}
