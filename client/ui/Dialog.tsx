import X from "lucide-solid/icons/x";
import { createUniqueId, onCleanup, onMount, type JSX } from "solid-js";

import { Tool } from "./Tool.tsx";

interface Props {
  readonly title: JSX.Element;
  /** Called when the person closed it; whoever shows it takes it away. */
  readonly onClose: () => void;
  readonly children: JSX.Element;
}

/**
 * Asks or shows something before one goes on. Mounting it opens it. The platform's own dialog keeps the focus inside,
 * takes everything behind it out of reach, and gives the focus back to where it came from.
 */
export function Dialog(props: Props): JSX.Element {
  const title = createUniqueId();

  return (
    <Modal class="dialog" label={title} onClose={props.onClose}>
      <header>
        <h2 id={title} class="grow">
          {props.title}
        </h2>
        <Tool label="Close" icon={X} onClick={() => props.onClose()} />
      </header>
      <div class="inside">{props.children}</div>
    </Modal>
  );
}

/** Stands at the edge of a desk's screen, comes up from below on a phone. */
export function Drawer(props: Props): JSX.Element {
  const title = createUniqueId();

  return (
    <Modal class="drawer" label={title} onClose={props.onClose}>
      <header class="bar">
        <h2 id={title} class="grow">
          {props.title}
        </h2>
        <Tool label="Close" icon={X} onClick={() => props.onClose()} />
      </header>
      <div class="drawer-body">{props.children}</div>
    </Modal>
  );
}

interface ModalProps {
  readonly class: string;
  /** The id of the element that names it. */
  readonly label: string;
  readonly onClose: () => void;
  readonly children: JSX.Element;
}

/** A dialog without a head of its own. */
export function Modal(props: ModalProps): JSX.Element {
  let element!: HTMLDialogElement;
  const before = document.activeElement;

  onMount(() => element.showModal());
  onCleanup(() => {
    element.close();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });

  return (
    // The ground around a dialog closes it; Escape does the same for the keyboard.
    <dialog
      ref={element}
      class={props.class}
      aria-labelledby={props.label}
      on:cancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      on:pointerdown={(event) => event.target === element && props.onClose()}
    >
      <div class="panel">{props.children}</div>
    </dialog>
  );
}
