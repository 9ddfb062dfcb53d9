/** The sync endpoint of the server that this page came from. */
export const syncUrl = (): string => `${location.origin.replace(/^http/, "ws")}/collab`;
