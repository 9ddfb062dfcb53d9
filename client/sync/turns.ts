import type { TabBus } from "./tab-bus.ts";

/** Tabs that cannot lock anything take turns: one works, and it is the latest that was asked to. */
export interface Turns {
  /** It is this tab's turn. */
  take(): void;
  close(): void;
}

export interface TurnEvents {
  readonly own: () => void;
  /** Another tab was asked to after this one. */
  readonly stepAside: () => void;
}

/** Of two that begin at the same time both hear of each other: the turns have an order, so that one of them stays. */
export function takeTurns({ tab, post, onMessage }: Omit<TabBus, "close">, { own, stepAside }: TurnEvents): Turns {
  let mine: number | undefined;
  let latest = 0;

  const stopListening = onMessage((message) => {
    if (message.type !== "alone") return;
    latest = Math.max(latest, message.turn);
    if (mine === undefined || message.turn < mine || (message.turn === mine && message.tab < tab)) return;
    mine = undefined;
    stepAside();
  });

  return {
    take() {
      // A clock that was set back does not make a turn an older one.
      latest = Math.max(latest + 1, Date.now());
      mine = latest;
      own();
      post({ type: "alone", turn: mine, tab });
    },
    close: stopListening,
  };
}
