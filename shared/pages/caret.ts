import * as z from "zod/mini";

import { PAGE_ROOT } from "./root.ts";

const MOST = 2 ** 53 - 1;
const number = z.int().check(z.minimum(0), z.maximum(MOST));
const place = z.strictObject({ client: number, clock: number });

/**
 * A place in a page that moves with what is around it: a relative position of Yjs. It says what it lies in, the page or
 * something of it: with neither, Yjs throws in every editor that hears of it.
 */
export const caretPlace = z
  .strictObject({
    type: z.optional(place),
    tname: z.optional(z.literal(PAGE_ROOT)),
    item: z.optional(place),
    assoc: z.optional(z.int().check(z.minimum(-1), z.maximum(0))),
  })
  .check(z.refine(({ type, tname }) => (type === undefined) !== (tname === undefined)));

/** Where somebody writes, and what they have selected. */
export const caretRange = z.strictObject({ anchor: caretPlace, head: caretPlace });
export type CaretRange = z.infer<typeof caretRange>;
