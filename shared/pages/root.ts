/** The root of a page's document: a `Y.XmlFragment`. Part of the wire format. */
export const PAGE_ROOT = "body";
