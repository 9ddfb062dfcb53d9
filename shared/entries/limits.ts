/** Limits of entries, checked by the composer and again by the gate. Sizes in bytes of UTF-8, times in ms. */
export const MAX_BODY = 8_000;
export const MAX_ENTRY_BYTES = 16 * 1024;
export const MAX_DEPTH = 4;
export const MAX_MENTIONS = 50;
export const MAX_REASON = 500;
/** Of what somebody adds to a report or an appeal, and moderators write on their desk. */
export const MAX_NOTE = 1_000;
/** Of what one reacts with: an emoji may be put together of many characters. */
export const MAX_REACTION = 32;
/** How far a written time may stand ahead of the server's. */
export const MAX_AHEAD = 2 * 60_000;
/** How old an entry may be when it first arrives. */
export const MAX_BEHIND = 90 * 24 * 3_600_000;
/** From this delay on readers are told that an entry arrived late. */
export const LATE_AFTER = 60_000;
