import type { MemberId } from "#shared/ids.ts";
import type { Carets, ClientMessage, ServerMessage } from "#shared/protocol/stateless.ts";
import { accountPrefix } from "#client/storage/database.ts";

import { createListeners } from "./listeners.ts";
import type { Connection } from "./local.ts";
import type { ReplicaState } from "./replica.ts";

export type Presence = Extract<ServerMessage, { readonly type: "presence" }>;
/** What tabs share through the database: one writes, the others read again. */
export type SharedTable = "unsent" | "place" | "marker" | "draft" | "page";

/** What the tabs of one account say to each other. */
export type TabMessage =
  /** To the owner. `ask` wants a sign of life. */
  | { readonly type: "ask" }
  | { readonly type: "open" | "close"; readonly tab: string; readonly document: string }
  | { readonly type: "say"; readonly document: string; readonly message: ClientMessage }
  | { readonly type: "reconnect" }
  /** From the owner. `isNew`: it knows nothing yet of what others have open. */
  | { readonly type: "owner"; readonly connection: Connection; readonly isNew: boolean }
  /** `whole`: all there is, to begin anew with. */
  | {
      readonly type: "replica";
      readonly document: string;
      readonly state: ReplicaState;
      readonly update: Uint8Array;
      readonly whole: boolean;
    }
  | { readonly type: "state"; readonly document: string; readonly state: ReplicaState }
  | Presence
  | Carets
  /** From anybody. */
  | { readonly type: "changed"; readonly table: SharedTable; readonly keys: readonly string[] }
  /** Where there are no locks: from here on this tab works, and no other. */
  | { readonly type: "alone"; readonly turn: number; readonly tab: string }
  | { readonly type: "wiped" };

export interface TabBus {
  readonly tab: string;
  readonly post: (message: TabMessage) => void;
  readonly onMessage: (listener: (message: TabMessage) => void) => () => void;
  readonly close: () => void;
}

/** Raised when tabs of two versions would misunderstand each other. */
const VERSION = 2;

export function openTabBus(account: MemberId): TabBus {
  const channel = new BroadcastChannel(`${accountPrefix(account)}/${VERSION}`);
  const listeners = createListeners<[TabMessage]>();
  channel.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => listeners.tell(data));

  return {
    tab: Math.random().toString(36).slice(2),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is a window's; a channel never leaves its origin
    post: (message) => channel.postMessage(message),
    onMessage: listeners.add,
    close: () => channel.close(),
  };
}
