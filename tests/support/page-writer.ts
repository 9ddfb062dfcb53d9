import { getSchema } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { updateYFragment } from "@tiptap/y-tiptap";
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from "yjs";

import type { PageBody, PageNode } from "#shared/pages/body.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import { pageExtensions } from "#client/pages/extensions.ts";

const schema = getSchema([...pageExtensions]);

/** An editor without a screen: it turns what a page shall say into what editors write into documents. */
export interface PageWriter {
  readonly doc: Doc;
  /** Makes the page say this, and answers the update. */
  writes(...content: readonly PageNode[]): Uint8Array;
  hears(update: Uint8Array): void;
  /** All that it holds, beyond what another one holds. */
  holds(beyond?: Doc): Uint8Array;
}

export function pageWriter(doc: Doc = new Doc()): PageWriter {
  const fragment = doc.getXmlFragment(PAGE_ROOT);
  return {
    doc,
    writes(...content) {
      const before = encodeStateVector(doc);
      const page: Node = schema.nodeFromJSON({ type: "doc", content } satisfies PageBody);
      let update: Uint8Array | undefined;
      const take = (bytes: Uint8Array): void => void (update = bytes);
      doc.once("update", take);
      doc.transact(() => updateYFragment(doc, fragment, page, { mapping: new Map(), isOMark: new Map() }));
      doc.off("update", take);
      return update ?? encodeStateAsUpdate(doc, before);
    },
    hears: (update) => applyUpdate(doc, update),
    holds: (beyond) => encodeStateAsUpdate(doc, beyond && encodeStateVector(beyond)),
  };
}

export const paragraph = (
  text: string,
  ...marks: readonly { type: string; attrs?: Record<string, string> }[]
): PageNode => ({
  type: "paragraph",
  ...(text !== "" && { content: [{ type: "text", text, ...(marks.length > 0 && { marks }) }] }),
});

export const heading = (text: string, level = 2): PageNode => ({
  type: "heading",
  attrs: { level },
  content: [{ type: "text", text }],
});
