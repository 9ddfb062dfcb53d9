import type { Position, Range } from "../update.ts";

/** What a struct of a page brings. */
export type PageContent =
  /** Something that was deleted together with what it lay in. */
  | { readonly kind: "gone" }
  | { readonly kind: "deleted" }
  | { readonly kind: "text"; readonly text: string }
  /** Where a mark begins or, with `null`, ends. */
  | { readonly kind: "format"; readonly key: string; readonly value: unknown }
  | { readonly kind: "element"; readonly name: string }
  /** A stretch of words in an element. */
  | { readonly kind: "run" }
  /** Of an attribute. */
  | { readonly kind: "value"; readonly value: unknown };

/** A struct of a page. Where it lies is said by what it stands beside, or by `parent`. */
export interface PageStruct extends Range {
  readonly content: PageContent;
  readonly origin?: Position | undefined;
  readonly rightOrigin?: Position | undefined;
  /** A root's name, or the position of an element. */
  readonly parent?: string | Position | undefined;
  /** The attribute that it is; only said where `parent` is. */
  readonly sub?: string | undefined;
}

/** What an update of a page says. Structs of one clientID are consecutive and ascend. */
export interface PageUpdate {
  readonly structs: readonly PageStruct[];
  readonly deletes: readonly Range[];
}

/** A position in one word. */
export const keyOf = ({ client, clock }: Position): string => `${client}:${clock}`;
