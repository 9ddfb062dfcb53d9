import * as fc from "fast-check";

import { until } from "#tests/support/until.ts";

import { Acting, act, breakDown, leave } from "./acts.ts";
import { always, calmOnline, command, deviceAt, knowPlace, onDevice } from "./command.ts";
import type { Model } from "./model.ts";
import type { ModelDevice } from "./said.ts";
import type { Device } from "./support/device.ts";
import { points, type Point } from "./support/faults.ts";
import { tricks, type Mallory } from "./support/mallory.ts";
import type { Village } from "./support/village.ts";

const goOffline = command(
  "GoOffline",
  onDevice,
  (model, { on }) => deviceAt(model, on).isOnline,
  async (model, { devices }, { on }) => {
    await devices[on]?.calm();
    await devices[on]?.goOffline();
    deviceAt(model, on).isOnline = false;
  },
);

/** The network is back; it may break again while what was written meanwhile is sent. */
export async function comeBack(model: Model, village: Village, on: number, cut?: Point): Promise<void> {
  const [device, real] = [deviceAt(model, on), village.devices[on] as Device];
  const breaks = cut !== undefined && model.isInside(device) && device.pending.some(({ isTaken }) => !isTaken);
  if (breaks) real.faults.arm(cut);
  real.comeBack();
  device.isOnline = true;
  await knowPlace(model, village, on);
  if (breaks) await breakDown(model, village, on, cut);
  else await leave(model, device, real);
}

const comingBack = command(
  "ComeBack",
  fc.record({ on: fc.nat(3), cut: fc.option(fc.constantFrom(...points), { nil: undefined }) }),
  (model, { on }) => !deviceAt(model, on).isOnline,
  (model, village, { on, cut }) => comeBack(model, village, on, cut),
);

const reload = command("Reload", onDevice, always, async (model, { devices }, { on }) => {
  const real = devices[on] as Device;
  await real.reload();
  if (deviceAt(model, on).isIn) await until(() => real.timeline.state() !== "loading", "what is stored");
});

const move = command("Move", onDevice, always, async (model, { devices }, { on }) => {
  const real = devices[on] as Device;
  real.node = 1 - real.node;
  real.browser.cut();
  if (deviceAt(model, on).isOnline) real.comeBack();
});

const appoint = command(
  "Appoint",
  fc.record({
    name: fc.constantFrom("bob", "carol"),
    role: fc.constantFrom("moderator", "moderator", "member", "guest", "guest", undefined),
  }),
  (model, { name, role }) => model.roles.has(name) && model.roles.get(name) !== role,
  async (model, village, { name, role }) => {
    // What was written before the change was sent before it.
    await calmOnline(model, village);
    await village.appoint(name, role);
    if (role === undefined) model.roles.delete(name);
    else model.roles.set(name, role);
    for (const [on, { owner }] of model.devices.entries()) if (owner === name) await knowPlace(model, village, on);
  },
);

const readmit = command(
  "Readmit",
  fc.record({ name: fc.constantFrom("bob", "carol") }),
  (model, { name }) => !model.roles.has(name),
  async (model, village, { name }) => {
    await village.readmit(name);
    model.roles.set(name, "member");
    for (const [on, device] of model.devices.entries()) {
      if (device.owner !== name) continue;
      await knowPlace(model, village, on);
      if (device.isOnline) model.see(device);
    }
  },
);

const restart = command(
  "Restart",
  fc.record({ node: fc.nat(1), how: fc.constantFrom("stop", "kill") }),
  always,
  (_model, village, { node, how }) => village.restart(node, how),
);

const retryOrDiscard = command(
  "FromDrawer",
  fc.record({ on: fc.nat(3), pick: fc.nat(20), again: fc.boolean() }),
  (model, { on }) => deviceAt(model, on).isIn && nameable(deviceAt(model, on)).length > 0,
  async (model, village, { on, pick, again }) => {
    const [device, real] = [deviceAt(model, on), village.devices[on] as Device];
    const possible = nameable(device);
    const chosen = possible[pick % possible.length] as (typeof possible)[number];
    const { body } = chosen.said;
    const find = () => real.local.notSent().find((one) => one.body === body);
    await until(() => find() !== undefined, `"${body}" in the drawer`);
    const id = find()?.id as never;
    device.drawer = device.drawer.filter((one) => one !== chosen);
    await real.does((local) => (again ? local.retry(id) : local.discard(id)));
    if (!again) return;
    device.pending.push(Object.assign(chosen.said, { mayArrive: false }));
    if (device.isOnline) await leave(model, device, real);
  },
);
/** Of the rest it cannot be told which of two it is; and edits do not leave before the words that they are about. */
const nameable = ({ drawer }: ModelDevice): ModelDevice["drawer"] =>
  drawer.filter(
    ({ said: { body, of } }) =>
      body !== undefined && (of === undefined || !drawer.some(({ said }) => said.id === of.id)),
  );

const deliver = command(
  "Deliver",
  fc.record({ pick: fc.nat(20) }),
  (model) => model.onTheWay.some(({ device }) => model.isInside(deviceAt(model, device))),
  async (model, village, { pick }) => {
    const possible = model.onTheWay.filter(({ device }) => model.isInside(deviceAt(model, device)));
    const late = possible[pick % possible.length] as (typeof possible)[number];
    model.onTheWay.splice(model.onTheWay.indexOf(late), 1);
    // What was written before it arrives before it.
    await calmOnline(model, village);
    await village.deliver(late.device, late.bytes);
    model.arrive(late.said);
  },
);

const hostile = command(
  "Hostile",
  fc.record({ node: fc.nat(1), trick: fc.constantFrom(...tricks), pick: fc.nat(50) }),
  always,
  (_model, { mallories }, { node, trick, pick }) => (mallories[node] as Mallory).strikes(trick, pick),
);

const repeat = command(
  "Repeat",
  fc.record({ node: fc.nat(1), pick: fc.nat(20) }),
  ({ onTheWay }) => onTheWay.length > 0,
  ({ onTheWay }, { mallories }, { node, pick }) =>
    (mallories[node] as Mallory).repeats(onTheWay[pick % onTheWay.length]?.bytes as Uint8Array),
);

const acting = act.map((done) => new Acting(done));

/** `settle`: brings everybody online and compares. */
export const commandsWith = (settle: (model: Model, village: Village) => Promise<void>) =>
  fc.commands(
    [
      ...Array.from({ length: 16 }, () => acting),
      goOffline,
      goOffline,
      comingBack,
      comingBack,
      comingBack,
      reload,
      move,
      appoint,
      appoint,
      readmit,
      restart,
      retryOrDiscard,
      deliver,
      hostile,
      hostile,
      repeat,
      command("Settle", fc.constant({}), always, settle),
    ],
    { maxCommands: 120, size: "max", ...replayed() },
  );

function replayed(): { readonly replayPath?: string } {
  const path = process.env["MODEL_REPLAY"];
  return path === undefined ? {} : { replayPath: path };
}
