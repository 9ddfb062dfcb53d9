import { expect, test } from "vitest";
import { Doc, encodeStateAsUpdate } from "yjs";

import { pageDocument } from "#shared/documents/names.ts";
import type { MemberId } from "#shared/ids.ts";
import { isWords, readBody, type PageNode } from "#shared/pages/body.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import { changeRole } from "#server/communities/members.ts";
import { load } from "#server/documents/live.ts";
import { checkPage } from "#tests/support/page-checker.ts";
import { pageWriter, paragraph } from "#tests/support/page-writer.ts";
import { page } from "#tests/support/people.ts";
import { attach, type Attached } from "#tests/support/sockets.ts";

import { mishaps } from "./support/crossed-bells.ts";
import { onEachDoorbell, type Pair } from "./support/pair.ts";

/** What a page says, paragraph by paragraph. */
const saidIn = (doc: Doc): readonly string[] =>
  readBody(doc.getXmlFragment(PAGE_ROOT)).content.map((node) => wordsOf([node]));

const wordsOf = (nodes: readonly PageNode[]): string =>
  nodes.map((node) => (isWords(node) ? node.text : wordsOf(node.content ?? []))).join("");

/** An editor, who adds a paragraph below all that they see. */
function editorAt(seat: Attached) {
  const writer = pageWriter(seat.doc);
  const own: string[] = [];
  return {
    ...seat,
    own,
    adds(text: string): void {
      own.push(text);
      writer.writes(...[...saidIn(seat.doc), text].map((words) => paragraph(words)));
    },
  };
}

onEachDoorbell((pair) => {
  const role = ({ authority, alice, bob, home }: Pair, next: "moderator" | "member") =>
    authority.change((trx, told) => changeRole(trx, told, alice, { id: home, person: bob, role: next }));

  /** Alice edits a page on the one node, Bob on the other. */
  async function editors() {
    const { db, home, urlOf, alice, bob } = pair();
    await role(pair(), "moderator");
    const name = pageDocument(await page(db, home));
    const seats = ([alice, bob] as MemberId[]).map((who, node) => attach(`${urlOf(node)}/collab`, who, name));
    await Promise.all(seats.map((seat) => seat.until(() => seat.provider.synced)));
    const [one, other] = seats.map(editorAt) as [ReturnType<typeof editorAt>, ReturnType<typeof editorAt>];
    return { name, one, other, end: () => seats.forEach((seat) => seat.end()) };
  }

  async function stored(name: string): Promise<Doc> {
    const doc = new Doc();
    await load(pair().db, name, doc);
    return doc;
  }

  async function expectSame(name: string, ...docs: readonly Doc[]): Promise<void> {
    const state = async () => Buffer.from(encodeStateAsUpdate(await stored(name))).toString("hex");
    for (const doc of docs)
      await expect
        .poll(async () => Buffer.from(encodeStateAsUpdate(doc)).toString("hex") === (await state()), { timeout: 8_000 })
        .toBe(true);
    checkPage(await stored(name));
  }

  test.for(mishaps)(
    "two edit one page on two nodes, and what each wrote is there, with bells that are %s",
    async (mishap) => {
      const { name, one, other, end } = await editors();
      pair().cross(mishap);
      for (let round = 0; round < 15; round += 1) {
        one.adds(`alice ${round}`);
        other.adds(`bob ${round}`);
        await new Promise((turn) => setImmediate(turn));
      }
      await expectSame(name, one.doc, other.doc);
      expect(
        saidIn(one.doc)
          .filter((text) => /^(alice|bob) \d+$/.test(text))
          .toSorted(),
      ).toEqual([...one.own, ...other.own].toSorted());
      end();
    },
  );

  test("whoever is no moderator any more edits on no node, and others edit on", async () => {
    const { name, one, other, end } = await editors();
    other.adds("while I may");
    await one.until(() => saidIn(one.doc).includes("while I may"));
    await role(pair(), "member");
    other.adds("when I may not");
    await other.until(() => other.said.some(({ type }) => type === "refused") || other.closed.length > 0);
    one.adds("and on");
    await expectSame(name, one.doc);
    expect(saidIn(await stored(name))).toEqual(["while I may", "and on"]);
    end();
  });
});
