import { createContext, createSignal, useContext, type Accessor } from "solid-js";

export interface Frame {
  /** The list beside the sheet, where the window has no room for both. */
  readonly listOpen: Accessor<boolean>;
  readonly openList: (open: boolean) => void;
}

export function createFrame(): Frame {
  const [listOpen, openList] = createSignal(false);
  return { listOpen, openList };
}

export const FrameContext = createContext<Frame>(createFrame());
export const useFrame = (): Frame => useContext(FrameContext);
