/** Longer addresses are no links that somebody follows. */
const MAX_LINK = 2_000;

const FOLLOWED = /^(?:https?:\/\/|mailto:)[^\s\p{Cc}\p{Cs}"<>\\^`{|}]+$/iu;
const PICTURE = /^https:\/\/[^\s\p{Cc}\p{Cs}"<>\\^`{|}]+$/iu;

/** Whether an address may be followed from a page: nothing that runs, nothing that hides what it is. */
export const isLink = (href: unknown): href is string =>
  typeof href === "string" && href.length <= MAX_LINK && FOLLOWED.test(href);

/** Whether a picture may be fetched from there. */
export const isPicture = (src: unknown): src is string =>
  typeof src === "string" && src.length <= MAX_LINK && PICTURE.test(src);
