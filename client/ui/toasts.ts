import { createSignal } from "solid-js";

interface Toast {
  readonly text: string;
  readonly act?: { readonly label: string; readonly do: () => void } | undefined;
}

const STAYS = 6_000;
const [toasts, setToasts] = createSignal<readonly Toast[]>([]);

export { toasts };

/** Says in passing what one could not see otherwise. Never the only place where something is told. */
export function say(text: string, act?: Toast["act"]): void {
  const toast = { text, act };
  setToasts((all) => [...all.slice(-2), toast]);
  setTimeout(() => dismissToast(toast), STAYS);
}

export const dismissToast = (toast: Toast): void => {
  setToasts((all) => all.filter((other) => other !== toast));
};
