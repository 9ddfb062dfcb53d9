const HOLD = 450;
const SLIP = 8;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Calls back when a finger rests on an element; a finger that moves is scrolling. For spreading on the element. */
export function createLongPress(pressed: (at: Point) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from: Point = { x: 0, y: 0 };
  const stop = () => clearTimeout(timer);

  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType !== "touch") return;
      from = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => pressed(from), HOLD);
    },
    onPointerMove: (event: PointerEvent) => Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLIP && stop(),
    onPointerUp: stop,
    "on:pointercancel": stop,
    onContextMenu: (event: MouseEvent) => (event as PointerEvent).pointerType === "touch" && event.preventDefault(),
  };
}
