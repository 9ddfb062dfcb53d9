import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { encodeStateAsUpdate } from "yjs";

import type { CommunityId, PageId } from "#shared/ids.ts";
import { readBody } from "#shared/pages/body.ts";
import type { CaretRange } from "#shared/pages/caret.ts";
import { plainText } from "#shared/pages/plain-text.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import type { Local, OpenPage } from "#client/sync/local.ts";
import { valueOf } from "#tests/support/api.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";
import { until } from "#tests/support/until.ts";
import { world, type Person, type World } from "#tests/support/world.ts";

let here: World;
let alice: Person;
let bob: Person;
let community: CommunityId;
let page: PageId;

beforeAll(async () => {
  here = await world();
  [alice, bob] = [await here.person("Alice"), await here.person("Bob")];
});
beforeEach(async () => {
  community = valueOf(await alice.api.createCommunity({ name: "Northern Networks", access: "open" })).id;
  valueOf(await bob.api.joinCommunity({ id: community }));
  valueOf(await alice.api.changeRole({ id: community, person: bob.id, role: "moderator" }));
  page = valueOf(await alice.api.createPage({ id: community, title: "Before you ask" })).id;
});
afterAll(() => here.close());

const textOf = ({ doc }: OpenPage): string => plainText(readBody(doc().getXmlFragment(PAGE_ROOT)));
const says = (open: OpenPage, text: string): Promise<void> => until(() => textOf(open) === text);

/** As an editor would: in place. */
function write(open: OpenPage, ...lines: readonly string[]): void {
  pageWriter(open.doc()).writes(...lines.map((line) => paragraph(line)));
}

async function openedBy(person: Person): Promise<{ local: Local; open: OpenPage }> {
  const local = await person.open();
  await until(() => local.pages.find(page) !== undefined);
  const open = await local.pages.open(page);
  await until(() => open.state() === "synced");
  return { local, open };
}

test("what one writes another reads, and nothing waits any more", async () => {
  const [{ open: hers }, { open: his }] = [await openedBy(alice), await openedBy(bob)];
  write(hers, "Say which release you run.");
  await says(his, "Say which release you run.");
  await until(() => hers.waiting() === "nothing");
  write(his, "Say which release you run.", "And what it said.");
  await says(hers, "Say which release you run.\nAnd what it said.");
});

test("two who edit the same page apart, and start anew before they are back, both keep what they wrote", async () => {
  const first = await Promise.all([openedBy(alice), openedBy(bob)]);
  write(first[0].open, "One", "Two", "Three");
  await says(first[1].open, "One\nTwo\nThree");

  [alice, bob].forEach((person) => person.goOffline());
  write(first[0].open, "One, says Alice", "Two", "Three");
  write(first[1].open, "One", "Two", "Three", "Four, says Bob");
  await Promise.all(first.map(({ open }) => until(() => open.waiting() === "kept")));
  first.forEach(({ local }) => local.close());

  const again = await Promise.all(
    [alice, bob].map(async (person) => {
      const local = await person.open();
      const open = await local.pages.open(page);
      return open;
    }),
  );
  await says(again[0] as OpenPage, "One, says Alice\nTwo\nThree");
  await says(again[1] as OpenPage, "One\nTwo\nThree\nFour, says Bob");
  [alice, bob].forEach((person) => person.goOnline());
  for (const open of again) await says(open, "One, says Alice\nTwo\nThree\nFour, says Bob");
  for (const open of again) await until(() => open.waiting() === "nothing");
});

test("who was demoted meanwhile finds what they wrote in the drawer with the reason, and the page as it is", async () => {
  const [{ open: hers }, { local, open: his }] = [await openedBy(alice), await openedBy(bob)];
  write(hers, "One", "Two");
  await says(his, "One\nTwo");
  bob.goOffline();
  write(his, "One", "Two, with care", "A whole new paragraph");
  await until(() => his.waiting() === "kept");
  valueOf(await alice.api.changeRole({ id: community, person: bob.id, role: "member" }));
  write(hers, "One, again", "Two");

  bob.goOnline();
  await until(() => local.pages.drafts().some((draft) => draft.page === page));
  const draft = local.pages.drafts().find((one) => one.page === page);
  expect(draft).toMatchObject({ code: "forbidden", title: "Before you ask" });
  expect(draft?.written).toContain("Two, with care");
  expect(draft?.written).toContain("A whole new paragraph");
  expect(draft?.whole).toContain("One");
  await says(his, "One, again\nTwo");
  expect(his.waiting()).toBe("nothing");
  await says(hers, "One, again\nTwo");

  local.close();
  const later = await bob.open();
  await until(() => later.pages.drafts().some((one) => one.id === draft?.id));
  await later.pages.discard(draft?.id ?? "");
  expect(later.pages.drafts().some((one) => one.id === draft?.id)).toBe(false);
});

test("what was written on a page that is deleted meanwhile is kept, and nothing else of the page", async () => {
  const [{ open: hers }, { local, open: his }] = [await openedBy(alice), await openedBy(bob)];
  write(hers, "One");
  await says(his, "One");
  bob.goOffline();
  write(his, "One", "Never to be lost");
  await until(() => his.waiting() === "kept");
  valueOf(await alice.api.deletePage({ id: page }));
  bob.goOnline();

  await until(() => local.pages.drafts().some((draft) => draft.page === page));
  expect(local.pages.drafts().find((draft) => draft.page === page)).toMatchObject({
    title: "Before you ask",
    code: "not-a-member",
    written: "Never to be lost",
    whole: "",
  });
  await until(() => local.pages.find(page) === undefined);
  await until(() => textOf(his) === "");
});

test("two tabs edit one page together, whichever of them has the socket", async () => {
  const [{ open: first }, { open: second }] = [await openedBy(alice), await openedBy(alice)];
  write(second, "From the second tab");
  await says(first, "From the second tab");
  write(first, "From the second tab", "and the first");
  await says(second, "From the second tab\nand the first");
  await until(() => second.waiting() === "nothing" && first.waiting() === "nothing");
  const { open: his } = await openedBy(bob);
  await says(his, "From the second tab\nand the first");
});

test("others see where one writes, under one's own name, until one stops", async () => {
  const [{ open: hers }, { open: his }] = [await openedBy(alice), await openedBy(bob)];
  write(hers, "Somewhere");
  await says(his, "Somewhere");
  const at: CaretRange = { anchor: { tname: PAGE_ROOT, assoc: 0 }, head: { tname: PAGE_ROOT, assoc: 0 } };
  his.sayCaret({ client: his.doc().clientID, at });
  await until(() => hers.carets().some(({ person }) => person === bob.id));
  expect(hers.carets()).toContainEqual({ client: his.doc().clientID, person: bob.id, at });
  valueOf(await alice.api.changeRole({ id: community, person: bob.id, role: "member" }));
  his.sayCaret({ client: his.doc().clientID });
  await until(() => hers.carets().every(({ person }) => person !== bob.id));
  expect(encodeStateAsUpdate(hers.doc()).length).toBeGreaterThan(0);
});

test("what was written on a page by one who was muted meanwhile is kept, with why and until when", async () => {
  const { local, open } = await openedBy(bob);
  bob.goOffline();
  write(open, "But listen");
  await until(() => open.waiting() === "kept");
  const end = Date.now() + 3_600_000;
  const mute = { desk: community, kind: "mute", person: bob.id, reason: "Cool down", until: end } as const;
  valueOf(await alice.api.takeMeasure(mute));
  bob.goOnline();
  const mine = () => local.pages.drafts().find((one) => one.page === page);
  await until(() => mine() !== undefined);
  const draft = mine();
  expect(draft).toMatchObject({ code: "muted", written: "But listen" });
  expect(draft?.reason).toContain("Reason: Cool down");
  expect(draft?.reason).toContain(new Date(end).toLocaleString());
});
