import { XmlElement, XmlText, type XmlFragment } from "yjs";

import { isAttribute, isMark, isPageNode, mayHold, type PageNodeName } from "./schema.ts";

/** What a page says, as plain values in the form that editors know. */
export interface PageBody {
  readonly type: "doc";
  readonly content: readonly PageNode[];
}

export type PageNode = PageElement | PageWords;

export interface PageElement {
  readonly type: Exclude<PageNodeName, "doc">;
  readonly attrs?: Readonly<Record<string, string | number | boolean>>;
  readonly content?: readonly PageNode[];
}

export interface PageWords {
  readonly type: "text";
  readonly text: string;
  readonly marks?: readonly PageMark[];
}

export interface PageMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, string>>;
}

export const isWords = (node: PageNode): node is PageWords => node.type === "text";

/** Reads a page's document. What has no place in a page is passed over, though the gate lets nothing of it in. */
export const readBody = (fragment: XmlFragment): PageBody => ({ type: "doc", content: contentOf(fragment, "doc") });

function contentOf(parent: XmlFragment, name: string): readonly PageNode[] {
  return parent.toArray().flatMap((child): readonly PageNode[] => {
    if (child instanceof XmlText) return mayHold(name, "text") ? wordsIn(child) : [];
    if (!(child instanceof XmlElement) || !mayHold(name, child.nodeName)) return [];
    return elementOf(child);
  });
}

function elementOf(element: XmlElement): readonly PageElement[] {
  const name = element.nodeName;
  if (!isPageNode(name) || name === "doc") return [];
  const all = Object.entries(element.getAttributes() as Record<string, unknown>);
  const attrs = Object.fromEntries(all.filter(([key, value]) => isAttribute(name, key, value)));
  const content = contentOf(element, name);
  return [
    {
      type: name,
      ...(Object.keys(attrs).length > 0 && { attrs: attrs as PageElement["attrs"] & object }),
      ...(content.length > 0 && { content }),
    },
  ];
}

interface Stretch {
  readonly insert: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const wordsIn = (text: XmlText): readonly PageWords[] =>
  (text.toDelta() as readonly Stretch[]).flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== "string" || insert === "") return [];
    const marks = Object.entries(attributes).flatMap(([type, value]) =>
      isMark(type, value) ? [markOf(type, value)] : [],
    );
    return [{ type: "text" as const, text: insert, ...(marks.length > 0 && { marks }) }];
  });

const markOf = (type: string, value: unknown): PageMark =>
  type === "link" ? { type, attrs: value as { readonly href: string } } : { type };
