import type { Range } from "../update.ts";
import type { PageContent, PageStruct, PageUpdate } from "./page-update.ts";
import type { PageView } from "./page-view.ts";

/**
 * What a page lacks of a frame. Structs are cut at the clock that is known of their clientID; of deletions those remain
 * whose positions are still alive. Something that begins beyond what is known misses something.
 */
export function splitPage({ structs, deletes }: PageUpdate, view: PageView): PageUpdate | "gap" {
  const fresh: PageStruct[] = [];
  const ends = new Map<number, number>();
  const endOf = (client: number): number => ends.get(client) ?? view.clockOf(client);

  for (const struct of structs) {
    const clock = endOf(struct.client);
    if (struct.clock > clock) return "gap";
    const known = Math.min(struct.length, clock - struct.clock);
    if (known < struct.length) fresh.push(tail(struct, known));
    ends.set(struct.client, Math.max(clock, struct.clock + struct.length));
  }

  if (deletes.some(({ client, clock, length }) => clock + length > endOf(client))) return "gap";
  return { structs: fresh, deletes: joined(deletes.flatMap((range) => standing(range, view))) };
}

/** What of a range is alive, in the page or in the frame itself. */
function standing(range: Range, view: PageView): readonly Range[] {
  const { client, clock, length } = range;
  const known = Math.max(0, Math.min(length, view.clockOf(client) - clock));
  const rest = { client, clock: clock + known, length: length - known };
  return [...(known > 0 ? view.aliveIn({ client, clock, length: known }) : []), ...(rest.length > 0 ? [rest] : [])];
}

/** Ranges that touch are one. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const last = result.at(-1);
    const goesOn = last?.client === range.client && last.clock + last.length === range.clock;
    if (goesOn) result[result.length - 1] = { ...last, length: last.length + range.length };
    else result.push(range);
  }
  return result;
}

/** As Yjs cuts: the rest stands behind the last position that was cut off. */
function tail(struct: PageStruct, offset: number): PageStruct {
  if (offset === 0) return struct;
  const { client, rightOrigin } = struct;
  const clock = struct.clock + offset;
  return {
    client,
    clock,
    length: struct.length - offset,
    origin: { client, clock: clock - 1 },
    rightOrigin,
    content: cut(struct.content, offset),
  };
}

/** Half of a pair of surrogates is no character. */
const cut = (content: PageContent, offset: number): PageContent =>
  content.kind === "text"
    ? { kind: "text", text: content.text.slice(offset).replace(/^[\udc00-\udfff]/, "\ufffd") }
    : content;
