import { createSignal, onMount } from "solid-js";

interface Estimate {
  readonly used: number;
  readonly allowed: number;
}

/** How much this browser keeps for us, and whether it promised not to clear it. */
export function createStorageState() {
  const [estimate, setEstimate] = createSignal<Estimate>();
  const [persisted, setPersisted] = createSignal<boolean>();
  const [refused, setRefused] = createSignal(false);

  async function look(): Promise<void> {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate();
    if (quota > 0) setEstimate({ used: usage, allowed: quota });
    setPersisted(await navigator.storage.persisted());
  }

  async function ask(): Promise<void> {
    const promised = await navigator.storage.persist();
    setPersisted(promised);
    setRefused(!promised);
  }

  onMount(() => void look());

  return { estimate, persisted, refused, ask };
}

const units = ["KB", "MB", "GB", "TB"] as const;

/** 31 MB, 9.6 MB */
export function sayBytes(bytes: number): string {
  const power = Math.min(units.length, Math.max(1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  const amount = bytes / 1000 ** power;
  return `${amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount)} ${units[power - 1]}`;
}
