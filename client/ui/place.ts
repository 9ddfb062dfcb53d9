const GAP = 4;
const EDGE = 8;

/** Puts a floating element under what it hangs on, or above it where there is no room, and never past the window's edge. */
export function place(element: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = element;
  const below = anchor.bottom + GAP;
  const fitsBelow = below + height + EDGE <= innerHeight;
  const start = document.dir === "rtl" || anchor.left + width + EDGE <= innerWidth ? anchor.left : anchor.right - width;

  element.style.top = `${Math.max(EDGE, fitsBelow ? below : anchor.top - GAP - height)}px`;
  element.style.left = `${Math.min(Math.max(EDGE, start), Math.max(EDGE, innerWidth - width - EDGE))}px`;
}
