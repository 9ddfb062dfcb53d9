import { ulid } from "ulid";

import { caseOf } from "#shared/entries/kinds/report.ts";
import { valueOf, type TestApi } from "#tests/support/api.ts";

import type { Example, Places } from "./places.ts";

/** Carol has reported something that is about Bob. */
const reported = ({ community, bob, carol }: Places, world: TestApi, case_key: string) =>
  world.db
    .insertInto("report")
    .values({
      reporter: carol,
      case_key,
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

/** What moderators ask and do. */
export const order: Readonly<Record<string, Example>> = {
  cases: async (places, world) => {
    const { community, alice } = places;
    const { id } = valueOf(await alice.api.createPage({ id: community, title: "How we talk" }));
    await reported(places, world, caseOf({ of: "page", page: id }));
    return { input: { desk: community, state: "open" } };
  },
  decideCase: async (places, world) => {
    const { community, bob } = places;
    const key = caseOf({ of: "person", community, person: bob.me.id });
    await reported(places, world, key);
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
