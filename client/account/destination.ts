/** Where to go after signing in: an address of this place, whatever a link says. */
export function destination(asked: string | readonly string[] | undefined): string {
  const address = typeof asked === "string" ? asked : "/";
  const isHere = URL.canParse(address, location.origin) && new URL(address, location.origin).origin === location.origin;
  return isHere && address.startsWith("/") ? address : "/";
}

/** A page outside, which knows where one wanted to go. */
export const keepingDestination = (page: string, to: string): string =>
  to === "/" ? page : `${page}?to=${encodeURIComponent(to)}`;
