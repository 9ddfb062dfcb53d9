import Copy from "lucide-solid/icons/copy";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import { onMount, type JSX } from "solid-js";

import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { copyAndSay } from "#client/ui/copy.ts";

/** In the place of a view that failed: what is safe, and a way on. */
export function Broken(props: { readonly cause: unknown; readonly onReset: () => void }): JSX.Element {
  const details = () =>
    props.cause instanceof Error
      ? `${props.cause.name}: ${props.cause.message}\n${props.cause.stack ?? ""}`
      : String(props.cause);

  onMount(() => reportError(props.cause));

  return (
    <main class="sheet place-middle">
      <EmptyState
        alone
        icon={TriangleAlert}
        title="This view stopped working."
        text="Your messages and drafts, and everything that waits to leave, are safe on this device. Opening the view again usually helps."
      >
        <Button kind="first" onClick={() => props.onReset()}>
          Open it again
        </Button>
        <Button icon={Copy} onClick={() => void copyAndSay(details())}>
          Copy details
        </Button>
      </EmptyState>
    </main>
  );
}
