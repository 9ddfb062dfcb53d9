/** What a page that is being opened says to a newer service worker that waits: go on with you, if no older page needs the other. */
export const TAKE_OVER_ALONE = "take-over-alone";
