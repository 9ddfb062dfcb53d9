import * as fc from "fast-check";

import { until } from "#tests/support/until.ts";

import type { Model } from "./model.ts";
import type { ModelDevice } from "./said.ts";
import type { Device } from "./support/device.ts";
import type { Village } from "./support/village.ts";

export type Command = fc.AsyncCommand<Model, Village>;

/** A command by its name, its precondition and what it does. */
export function command<Options>(
  name: string,
  options: fc.Arbitrary<Options>,
  check: (model: Readonly<Model>, options: Options) => boolean,
  run: (model: Model, village: Village, options: Options) => Promise<void>,
): fc.Arbitrary<Command> {
  return options.map((chosen) => ({
    check: (model) => check(model, chosen),
    run: (model, village) => run(model, village, chosen),
    toString: () => `${name}(${JSON.stringify(chosen)})`,
  }));
}

export const onDevice = fc.record({ on: fc.nat(3) });
export const deviceAt = (model: Readonly<Model>, on: number): ModelDevice => model.devices[on] as ModelDevice;
export const always = (): boolean => true;

/** A device that is online hears whether the channel is there for its owner. */
export async function knowPlace(model: Model, { channel, devices }: Village, on: number): Promise<void> {
  const [device, { local, timeline }] = [deviceAt(model, on), devices[on] as Device];
  if (!device.isOnline || device.isIn === model.isInside(device)) return;
  device.isIn = model.isInside(device);
  const isThere = (): boolean => local.channel(channel) !== undefined;
  if (device.isIn) await until(isThere, "the channel");
  else await until(() => !isThere() && timeline.rows().length === 0, "the channel to go");
}

/** Resolves when nothing waits on any device that is online. */
export const calmOnline = (model: Model, { devices }: Village) =>
  Promise.all(devices.filter((_device, on) => deviceAt(model, on).isOnline).map((device) => device.calm()));
