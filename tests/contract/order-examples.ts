import { ulid } from "ulid";

import { valueOf } from "#tests/support/api.ts";

import type { Example } from "./places.ts";

/** What moderators ask and do. */
export const order: Readonly<Record<string, Example>> = {
  cases: ({ community }) => ({ input: { desk: community, state: "open" } }),
  decideCase: async ({ community, bob, carol }, world) => {
    const key = `person/${community}/${bob.me.id}`;
    await world.db
      .insertInto("report")
      .values({
        reporter: carol,
        case_key: key,
        desk: community,
        about: bob.me.id,
        ground: "spam",
        note: "",
        open: true,
        at: 1,
        id: ulid(),
        received: 1,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return { input: { desk: community, case: key, outcome: "dismissed", until: 1 } };
  },
  measures: ({ community, bob }) => ({ input: { desk: community, person: bob.me.id } }),
  takeMeasure: ({ community, bob }) => ({
    input: { desk: community, kind: "mute", person: bob.me.id, reason: "Cool down", until: Date.now() + 60_000 },
  }),
  liftMeasure: async ({ alice, bob, community }) => {
    const warning = { desk: community, kind: "warn", person: bob.me.id, reason: "Not here" } as const;
    return { input: { desk: community, id: valueOf(await alice.api.takeMeasure(warning)).id, restore: "true" } };
  },
  orderChannel: ({ channel }) => ({ input: { id: channel, locked: true, slow: 10 } }),
};
