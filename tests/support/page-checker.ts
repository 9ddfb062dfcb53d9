import { applyUpdate, Doc, encodeStateAsUpdate, XmlElement, XmlText, type XmlFragment } from "yjs";

import { canonical } from "#shared/entries/value.ts";
import { readBody } from "#shared/pages/body.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import { isAttribute, isMark, MAX_DEPTH, mayHold } from "#shared/pages/schema.ts";

/** Nothing waits; there is one root; and whatever is alive is what a page may hold, where it may hold it. */
export function checkPage(doc: Doc): void {
  must(doc.store.pendingStructs === null && doc.store.pendingDs === null, "structs wait for others");
  must([...doc.share.keys()].join() === PAGE_ROOT, `roots ${[...doc.share.keys()].join()}`);
  checkWithin(doc.getXmlFragment(PAGE_ROOT), "doc", 0);
  const copy = new Doc();
  applyUpdate(copy, encodeStateAsUpdate(doc));
  must(
    canonical(readBody(copy.getXmlFragment(PAGE_ROOT))) === canonical(readBody(doc.getXmlFragment(PAGE_ROOT))),
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

function must(holds: boolean, promise: string): void {
  if (!holds) throw new Error(promise);
}
