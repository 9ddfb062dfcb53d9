import { fireEvent, screen, waitFor } from "@solidjs/testing-library";
import { expect, test } from "vitest";

import { deskOf, type EntryId } from "#shared/ids.ts";
import type { ModerationCase } from "#shared/protocol/http/moderation.ts";
import { alice, bob, commons, community, newLocal } from "#tests/support/commons.ts";
import { openPage } from "#tests/support/page.tsx";

import { CommunityQueue } from "./QueuePage.tsx";

const DESK = deskOf(community.id);
const MESSAGE = "01ARZ3NDEKTSV4RRFFQ69G5FA1" as EntryId;
const KEY = `appeal/${commons.id}/${bob.id}/${MESSAGE}`;
const MEASURE = "0190c2a0-0000-7000-8000-00000000000f";

const named = ({ id, name }: { readonly id: typeof bob.id; readonly name: string }) => ({ id, name });
const hidden: ModerationCase = {
  case: KEY,
  open: true,
  first: 1,
  last: 100,
  about: {
    person: named(bob),
    messages: 1,
    hidden: 1,
    cases: 1,
    measures: [
      { id: MEASURE, kind: "warn", person: named(bob), reason: "Be kind", by: named(alice), at: 1 },
      { id: MEASURE, kind: "mute", person: named(bob), reason: "Over", by: named(alice), at: 1, until: 2 },
    ],
  },
  reports: [{ reporter: named(bob), note: "It was a joke", at: 100 }],
  messages: [
    {
      channel: commons.id,
      author: named(bob),
      id: MESSAGE,
      segment: 1,
      at: 1,
      body: "fools",
      kind: "message",
      hidden: { by: named(alice), reason: "Insults" },
    },
  ],
  settlements: [],
};

/** Bob appeals against the hiding of his message. */
function openAppeal() {
  const local = newLocal("moderator");
  const docket = { case: KEY, about: bob.id, reports: 1, grounds: [], first: 1, last: 100, open: true };
  local.arrive(DESK, "sys", { kind: "docket", at: 100, ...docket });
  const answers = {
    [`GET /desks/${community.id}/cases`]: () => ({ cases: [hidden] }),
    [`DELETE /desks/${community.id}/measures/${MEASURE}`]: () => hidden.about.measures[0],
  };
  const page = openPage(CommunityQueue, {
    path: "/c/:community/moderation",
    at: `/c/${community.id}/moderation`,
    local,
    answers,
  });
  return { local, ...page };
}

test("an appeal against hiding a message is granted by showing it again, also without a network", async () => {
  const { local } = openAppeal();
  await screen.findByText("It was a joke");
  local.setOnline(false);
  fireEvent.click(await screen.findByRole("button", { name: "Show it again" }));
  const written = () => local.openLog({ channel: commons.id, log: "channel" })();
  await waitFor(() =>
    expect(written().map(({ entry }) => entry)).toMatchObject([
      { kind: "restore", of: { author: bob.id, id: MESSAGE } },
    ]),
  );
});

test("what was done before is lifted from the record, as long as it holds and there is a network", async () => {
  const { local, asked } = openAppeal();
  fireEvent.click(await screen.findByRole("button", { name: /^Lift: Warned/ }));
  await waitFor(() =>
    expect(asked.map(({ call }) => call)).toContain(`DELETE /desks/${community.id}/measures/${MEASURE}`),
  );
  expect(screen.queryByRole("button", { name: /^Lift: Muted/ })).toBe(null);
  local.setOnline(false);
  await waitFor(() => expect(screen.queryByRole("button", { name: /^Lift: Warned/ })).toBe(null));
});
