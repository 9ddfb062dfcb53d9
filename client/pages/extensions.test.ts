import { getSchema } from "@tiptap/core";
import type { ContentMatch, NodeType } from "@tiptap/pm/model";
import { expect, test } from "vitest";

import { isAttribute, pageMarks, pageNodes, type PageNodeName } from "#shared/pages/schema.ts";

import { pageExtensions } from "./extensions.ts";

const schema = getSchema([...pageExtensions]);

/** Every element that may lie in one of this type, wherever in it. */
function heldBy(type: NodeType): readonly string[] {
  const seen = new Set<ContentMatch>();
  const names = new Set<string>();
  const look = (match: ContentMatch): void => {
    if (seen.has(match)) return;
    seen.add(match);
    for (let index = 0; index < match.edgeCount; index += 1) {
      const edge = match.edge(index);
      names.add(edge.type.name);
      look(edge.next);
    }
  };
  look(type.contentMatch);
  return [...names].toSorted();
}

test("the editor and the gate know the same elements, in the same places, with the same attributes", () => {
  const known = Object.entries(pageNodes).map(([name, { holds, attributes }]) => ({
    name,
    holds: [...holds].toSorted(),
    attributes: Object.keys(attributes).toSorted(),
  }));
  const edited = Object.values(schema.nodes)
    .filter(({ name }) => name !== "text")
    .map((type) => ({
      name: type.name,
      holds: heldBy(type),
      attributes: Object.keys(type.spec.attrs ?? {}).toSorted(),
    }));
  const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
  expect(edited.toSorted(byName)).toEqual(known.toSorted(byName));
  expect(Object.keys(schema.marks).toSorted()).toEqual(Object.keys(pageMarks).toSorted());
});

test("what the editor says of an element that nobody changed is what the gate takes", () => {
  for (const [name, type] of Object.entries(schema.nodes)) {
    for (const [key, { default: value }] of Object.entries(type.spec.attrs ?? {})) {
      if (value !== null) expect([name, key, isAttribute(name as PageNodeName, key, value)]).toEqual([name, key, true]);
    }
  }
});
