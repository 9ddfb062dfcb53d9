import { applyUpdate, Doc, encodeStateAsUpdate, XmlElement, XmlText, type XmlFragment } from "yjs";

import type { Author } from "#shared/documents/names.ts";
import { canonical } from "#shared/entries/value.ts";
import type { MemberId } from "#shared/ids.ts";
import { readBody, type PageBody } from "#shared/pages/body.ts";
import { isAttribute, isMark, MAX_DEPTH, mayHold, PAGE_ROOT } from "#shared/pages/schema.ts";
import type { Role } from "#shared/permissions/rules.ts";
import { judgePage } from "#server/gate/page/judge-page.ts";
import { createPageView } from "#server/gate/page/page-view.ts";
import { readPageUpdate } from "#server/gate/page/read-page-update.ts";
import { writePageUpdate } from "#server/gate/page/write-page-update.ts";

/** The gate of pages over one page without a database. It throws as soon as something is not as it must be. */
export interface PageArena {
  readonly doc: Doc;
  body(): PageBody;
  /** Answers the verdict: a refusal's code, or what else became of it. */
  take(sender: MemberId, bytes: Uint8Array, step2?: boolean): string;
}

export const editor = (index: number): MemberId => `0190c2a0-0000-7000-8000-00000000000${index}` as MemberId;

export function createPageArena(roleOf: (sender: MemberId) => Role = () => "moderator"): PageArena {
  const doc = new Doc();
  const bindings = new Map<number, Author>();

  function take(sender: MemberId, bytes: Uint8Array, step2 = false): string {
    const read = readPageUpdate(bytes);
    if (!read.ok) return read.problem.kind;
    const before = canonical(readBody(doc.getXmlFragment(PAGE_ROOT)) as never);
    const verdict = judgePage({
      update: read.value,
      step2,
      sender,
      standing: {
        actor: { id: sender, platformAdmin: false, role: roleOf(sender), inside: false },
        target: { place: "page" },
      },
      view: createPageView(doc, bindings),
      waitFor: () => 0,
    });
    if (verdict.kind !== "admitted") {
      must(canonical(readBody(doc.getXmlFragment(PAGE_ROOT)) as never) === before, "a refusal leaves traces");
      return verdict.kind === "refused" ? verdict.code : verdict.kind;
    }
    must(
      verdict.structs.every(({ client }) => (bindings.get(client) ?? sender) === sender),
      "somebody else's clientID was used",
    );
    verdict.structs.forEach(({ client }) => bindings.set(client, sender));
    const row = writePageUpdate(verdict);
    must(readPageUpdate(row).ok, "a row is not what it should be");
    applyUpdate(doc, row);
    checkPage(doc);
    return verdict.structs.length + verdict.deletes.length > 0 ? "admitted" : "known";
  }

  return { doc, body: () => readBody(doc.getXmlFragment(PAGE_ROOT)), take };
}

function must(holds: boolean, promise: string): void {
  if (!holds) throw new Error(promise);
}

/** Nothing waits; there is one root; and whatever is alive is what a page may hold, where it may hold it. */
export function checkPage(doc: Doc): void {
  must(doc.store.pendingStructs === null && doc.store.pendingDs === null, "structs wait for others");
  must([...doc.share.keys()].join() === PAGE_ROOT, `roots ${[...doc.share.keys()].join()}`);
  checkWithin(doc.getXmlFragment(PAGE_ROOT), "doc", 0);
  const copy = new Doc();
  applyUpdate(copy, encodeStateAsUpdate(doc));
  must(
    canonical(readBody(copy.getXmlFragment(PAGE_ROOT)) as never) ===
      canonical(readBody(doc.getXmlFragment(PAGE_ROOT)) as never),
    "loading it makes another page",
  );
}

function checkWithin(parent: XmlFragment, name: string, depth: number): void {
  must(depth <= MAX_DEPTH + 1, "nested too deeply");
  for (let item = parent._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { type } = item.content as unknown as { readonly type?: unknown };
    must(type instanceof XmlElement || type instanceof XmlText, `${item.content.constructor.name} in ${name}`);
    if (type instanceof XmlText) checkWords(type, name);
    else if (type instanceof XmlElement) checkElement(type, name, depth);
  }
}

function checkElement(element: XmlElement, outer: string, depth: number): void {
  must(mayHold(outer, element.nodeName), `${element.nodeName} in ${outer}`);
  for (const [key, value] of Object.entries(element.getAttributes() as Record<string, unknown>))
    must(isAttribute(element.nodeName, key, value), `attribute ${key} of ${element.nodeName}`);
  checkWithin(element, element.nodeName, depth + 1);
}

function checkWords(words: XmlText, outer: string): void {
  must(mayHold(outer, "text"), `words in ${outer}`);
  for (const { insert, attributes = {} } of words.toDelta() as { insert: unknown; attributes?: object }[]) {
    must(typeof insert === "string" && !insert.includes("\0"), "an embed");
    for (const [mark, value] of Object.entries(attributes)) must(isMark(mark, value), `mark ${mark}`);
  }
  must(words._map.size === 0, "attributes of words");
}
