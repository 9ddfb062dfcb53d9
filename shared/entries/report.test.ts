import { ulid } from "ulid";
import { expect, test } from "vitest";

import type { ChannelId, CommunityId, EntryId, MemberId, PageId } from "../ids.ts";
import { kindOf, parseEntry, type Entry } from "./kinds.ts";
import { aboutOf, caseKey, caseOf, pageOfCase, type Reported } from "./kinds/report.ts";

const uuid = (n: number) => `0190c2a0-0000-7000-8000-00000000000${n}`;
const page = uuid(1) as PageId;
const [channel, community, bob] = [uuid(2) as ChannelId, uuid(3) as CommunityId, uuid(4) as MemberId];
const id = ulid() as EntryId;

const reported = (target: unknown) =>
  parseEntry({ id: ulid(), at: 1, kind: "report", target, ground: "spam", note: "", open: true });

test.for<[Reported, string, MemberId | undefined, PageId | undefined]>([
  [{ of: "message", channel, author: bob, id }, `message/${channel}/${bob}/${id}`, bob, undefined],
  [{ of: "person", person: bob, community }, `person/${community}/${bob}`, bob, undefined],
  [{ of: "page", page }, `page/${page}`, undefined, page],
])("what is reported names its case, and the case names what was reported: %o", ([target, key, about, ofPage]) => {
  expect(reported(target)).toMatchObject({ target });
  expect(caseOf(target)).toBe(key);
  expect(caseKey.safeParse(key).success).toBe(true);
  expect([aboutOf(key), pageOfCase(key)]).toEqual([about, ofPage]);
});

test.for<[string, unknown]>([
  ["no id", { of: "page" }],
  ["another kind's id", { of: "page", page: id }],
  ["an id in capitals", { of: "page", page: page.toUpperCase() }],
  ["a path", { of: "page", page: `${page}/../${page}` }],
  ["a pattern", { of: "page", page: "%" }],
  ["a number", { of: "page", page: 1 }],
  ["an object that says its id", { of: "page", page: { toString: () => page } }],
  ["whom it is about", { of: "page", page, author: bob }],
  ["a page as a message", { of: "message", page }],
  ["nothing that there is", { of: "community", community }],
])("no page is reported by %s", ([, target]) => {
  expect(reported(target)).toBeUndefined();
});

test.for([`page/${id}`, `page/${page}/${page}`, `appeal/page/${page}`, `PAGE/${page}`, "page/", page])(
  "%s is no page's case",
  (key) => expect(pageOfCase(key)).toBeUndefined(),
);

test.for(["claim", "remark", "decision"] as const)("a %s about a page's case says which page's", (kind) => {
  const said = { claim: { on: true }, remark: { body: "hm" }, decision: { outcome: "dismissed", until: 1 } }[kind];
  const entry = parseEntry({ id, at: 1, kind, case: `page/${page}`, ...said }) as Entry;
  expect(kindOf(entry).concernsPage?.(entry)).toBe(page);
  expect(kindOf(entry).concerns?.(entry)).toBeUndefined();
});
