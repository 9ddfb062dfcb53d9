import { logName } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { DELETED } from "#server/gate/document-view.ts";

import { NOW, type Arena, type Step } from "./arena.ts";
import type { Dice } from "./dice.ts";
import {
  any,
  deleted,
  forge,
  gc,
  skip,
  strange,
  type At,
  type Block,
  type Deletion,
  type Place,
  type Struct,
} from "./forge.ts";

/** Makes frames that fit an arena as it is now, and spoils most of them a little. */
export interface Mutants {
  next(): Step;
}

export function createMutants(arena: Arena, dice: Dice): Mutants {
  const sent: Exclude<Step, "commit">[] = [];
  const held: Exclude<Step, "commit">[] = [];
  const ids: { readonly author: MemberId; readonly id: string }[] = [];
  let count = 0;

  const freshId = (): string => `01JD${String((count += 1)).padStart(22, "0")}`;
  const clients = (): readonly number[] => [...arena.clients, 5];
  const position = (): At => {
    const client = dice.pick(clients());
    return { client, clock: dice.below(arena.view.clockOf(client) + 2) };
  };
  const known = () =>
    ids.length > 0 && dice.percent(85) ? dice.pick(ids) : { author: dice.pick(arena.people), id: freshId() };
  const timeOf = (): number => NOW - dice.pick([0, 0, 0, 1, 1_000, 7_200_000, 86_400_000 * 91, -100_000, -200_000]);

  function entry(sender: MemberId): unknown {
    const id = freshId();
    ids.push({ author: sender, id });
    const base = { id, at: dice.percent(90) ? NOW - dice.below(1_000) : timeOf() };
    const of = dice.percent(70) ? { author: sender, id: known().id } : known();
    switch (dice.below(10)) {
      case 0:
        return { ...base, kind: "edit", of, body: "edited" };
      case 1:
      case 2:
        return { ...base, kind: "retract", of };
      case 3:
        return { ...base, kind: "reaction", of, key: "x", on: dice.percent(50) };
      case 4:
        return { ...base, kind: dice.pick(["hide", "restore", "late", "marker"]), of, reason: "" };
      default:
        return { ...base, kind: "message", body: "x".repeat(1 + dice.below(3)) };
    }
  }

  /** Any field of an entry, or of what it refers to: gone, of another name, or of another value. */
  function spoiltField(value: Record<string, unknown>): unknown {
    const [name, field] = dice.pick(Object.entries(value));
    const { [name]: _, ...others } = value;
    if (typeof field === "object" && field !== null && dice.percent(60))
      return { ...value, [name]: spoiltField(field as Record<string, unknown>) };
    return dice.pick<() => unknown>([
      () => others,
      () => ({ ...others, [`${name}s`]: field }),
      () => ({ ...value, [dice.pick(["more", "re", "mentions", "segment", "toJSON"])]: field }),
      () => ({
        ...value,
        [name]: dice.pick<unknown>([null, true, 0, -1, 0.5, 2 ** 53, "", "x".repeat(9_000), [], {}]),
      }),
      () => ({ ...value, [name]: [field] }),
      () => ({ ...value, [name]: typeof field === "string" ? field.toLowerCase() : field }),
    ])();
  }

  /** Values that are no entries, or that say something else than was said before. */
  function spoiltValue(sender: MemberId): unknown {
    const honest = entry(sender) as Record<string, unknown>;
    if (dice.percent(40)) return spoiltField(honest);
    return dice.pick<() => unknown>([
      () => null,
      () => dice.below(5) - 2,
      () => "text",
      () => [honest],
      () => ({ id: known().id }),
      () => ({ ...honest, id: known().id }),
      () => ({ ...honest, body: "nul \0" }),
      () => ({ ...honest, kind: { toString: null, valueOf: null } }),
      () => ({ ...honest, id: { toString: null } }),
      () => ({ ...honest, of: null, more: { deep: { deeper: [] } } }),
      () => ({ ...honest, at: dice.pick([0, -1, 1.5, 2 ** 53, -0]) }),
    ])();
  }

  const values = (sender: MemberId, spoilt: boolean): unknown[] =>
    Array.from({ length: 1 + dice.below(3) }, () => (spoilt && dice.percent(40) ? spoiltValue(sender) : entry(sender)));

  function ownClient(sender: MemberId): number {
    const own = clients().filter((client) => arena.view.ownerOf(client) === sender);
    return own.length > 0 && dice.percent(75) ? dice.pick(own) : 1 + dice.below(2 ** 32 - 1);
  }

  const behind = (client: number, clock: number, sender: MemberId): Place =>
    clock === 0 ? { root: logName(sender) } : { origin: { client, clock: clock - 1 } };

  /** What is said again of what is known, from some position on. */
  function overlap(client: number, from: number, to: number): unknown[] {
    return Array.from({ length: to - from }, (_, index) => {
      const there = arena.view.valueAt({ client, clock: from + index });
      return there === DELETED ? null : there;
    });
  }

  function block(sender: MemberId, spoilt: boolean): Block {
    const client = spoilt && dice.percent(10) ? dice.pick(clients()) : ownClient(sender);
    const clock = arena.view.clockOf(client);
    const back = dice.percent(20) ? dice.below(Math.min(clock, 6) + 1) : 0;
    const structs: Struct[] = [];
    let at = clock - back;
    for (let left = 1 + dice.below(3); left > 0; left -= 1) {
      const said = [...(structs.length === 0 ? overlap(client, at, clock) : []), ...values(sender, spoilt)];
      structs.push(any(said, behind(client, at, sender)));
      at += said.length;
    }
    const moved = spoilt && dice.percent(10) ? dice.below(5) - 2 : 0;
    return { client, clock: Math.max(0, clock - back + moved), structs: spoilt ? structs.map(spoiltStruct) : structs };
  }

  function spoiltStruct(struct: Struct): Struct {
    if (dice.percent(70)) return struct;
    const place = struct.place ?? {};
    return dice.pick<() => Struct>([
      () => gc(1 + dice.below(3)),
      () => skip(1 + dice.below(3)),
      () => deleted(dice.below(4), place),
      () => deleted(dice.pick([1, 2, 2 ** 31, 2 ** 52]), place),
      () => dice.pick(Object.values(strange))(place),
      () => ({ ...struct, place: { ...place, origin: position() } }),
      () => ({ ...struct, place: { origin: position() } }),
      () => ({ ...struct, place: { ...place, right: position() } }),
      () => ({ ...struct, place: { parent: position() } }),
      () => ({ ...struct, place: { ...place, key: "k" } }),
      () => ({ ...struct, place: { root: logName(dice.pick([...arena.people, "sys" as const])) } }),
      () => ({ ...struct, place: { root: dice.pick(["", "log/", "x", "__proto__"]) } }),
    ])();
  }

  function deletions(spoilt: boolean): readonly Deletion[] {
    if (!dice.percent(spoilt ? 25 : 10)) return [];
    const { client, clock } = position();
    const isGone = arena.view.isDeleted({ client, clock, length: 1 });
    if (!spoilt) return isGone ? [{ client, ranges: [[clock, 1]] }] : [];
    return [
      {
        client,
        ranges: dice.pick([
          [[clock, 1]],
          [[clock, 1 + dice.below(4)]],
          [[0, clock + 1]],
          [[clock, 2 ** 40]],
          [
            [1, 1],
            [0, 1],
          ],
        ]),
      },
    ];
  }

  function spoiltBytes(bytes: Uint8Array): Uint8Array {
    const at = dice.below(bytes.length);
    return dice.pick<() => Uint8Array>([
      () => bytes.with(at, dice.below(256)),
      () => bytes.with(at, (bytes[at] as number) ^ (1 << dice.below(8))),
      () => bytes.with(at, 0x80).with(dice.below(bytes.length), 0xff),
      () => bytes.subarray(0, at),
      () => Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(at + 1 + dice.below(4))),
      () => Uint8Array.of(...bytes.subarray(0, at), dice.below(256), ...bytes.subarray(at)),
      () => Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(dice.below(bytes.length))),
    ])();
  }

  function frame(): Exclude<Step, "commit"> {
    const sender = dice.pick(arena.people.slice(0, dice.percent(95) ? 3 : 4));
    const spoilt = dice.percent(55);
    const blocks = Array.from({ length: dice.percent(80) ? 1 : 2 + dice.below(2) }, () => block(sender, spoilt));
    const bytes = forge(dice.percent(50) ? blocks : blocks.toReversed(), deletions(spoilt));
    return { sender, step2: dice.percent(30), bytes: dice.percent(15) ? spoiltBytes(bytes) : bytes };
  }

  function again(): Exclude<Step, "commit"> {
    const step = dice.pick(sent);
    return dice.percent(80) ? step : { ...step, sender: dice.pick(arena.people), step2: !step.step2 };
  }

  /** What was to be said now comes later, and something that was held back comes instead. */
  function outOfTurn(step: Exclude<Step, "commit">): Exclude<Step, "commit"> {
    if (held.length < 4) held.push(step);
    return held.splice(dice.below(held.length), 1)[0] as Exclude<Step, "commit">;
  }

  return {
    next() {
      if (dice.percent(20)) return "commit";
      const fresh = sent.length > 0 && dice.percent(10) ? again() : frame();
      if (dice.percent(5)) held.push(fresh);
      const step = held.length > 0 && dice.percent(20) ? outOfTurn(fresh) : fresh;
      sent.push(step);
      return step;
    },
  };
}
