import { createSignal, onCleanup, type Accessor } from "solid-js";

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** How long to wait for the next key before anybody is asked. */
const PAUSE = 150;
const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

/** Choosing people by name, without the drawing of it. */
export function createPicker(
  chosen: Accessor<readonly Person[]>,
  onChange: (chosen: readonly Person[]) => void,
  find: (words: string, signal: AbortSignal) => Promise<readonly Person[]>,
) {
  const [words, setWords] = createSignal("");
  const [found, setFound] = createSignal<readonly Person[]>([]);
  const [at, setAt] = createSignal(0);
  const [busy, setBusy] = createSignal(false);
  let running = new AbortController();
  let wait: ReturnType<typeof setTimeout> | undefined;

  onCleanup(() => stop());

  const offered = () => found().filter(({ id }) => !chosen().some((person) => person.id === id));
  const active = () => offered()[at()];

  function stop(): void {
    clearTimeout(wait);
    running.abort();
  }

  function look(typed: string): void {
    stop();
    setWords(typed);
    setBusy(typed.trim() !== "");
    if (typed.trim() === "") return void setFound([]);
    const mine = (running = new AbortController());
    wait = setTimeout(() => void load(typed.trim(), mine.signal), PAUSE);
  }

  async function load(typed: string, signal: AbortSignal): Promise<void> {
    const people = await find(typed, signal);
    if (signal.aborted) return;
    setBusy(false);
    setFound(people);
    setAt(0);
  }

  function choose(person: Person): void {
    onChange([...chosen(), person]);
    look("");
  }

  const takeBack = (gone: Person): void => onChange(chosen().filter(({ id }) => id !== gone.id));

  function key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const last = chosen().at(-1);
    const person = active();
    const step = STEPS[event.key];

    if (event.key === "Backspace" && words() === "" && last !== undefined) return takeBack(last);
    if (words() === "" || (step === undefined && event.key !== "Enter")) return;
    event.preventDefault();
    if (step !== undefined)
      setAt((now) => (offered().length === 0 ? 0 : (now + step + offered().length) % offered().length));
    else if (person !== undefined) choose(person);
  }

  return { words, busy, offered, active, look, choose, takeBack, key };
}
