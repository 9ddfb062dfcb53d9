import { useSearchParams } from "@solidjs/router";

import { destination, keepingDestination } from "./destination.ts";
import { StartPage } from "./StartPage.tsx";

/** Nothing here sends mail, so the way back goes through a person. */
export function ForgottenPage() {
  const [search] = useSearchParams();

  return (
    <StartPage title="Forgotten" lead="Nothing is lost: what you wrote stays where it is.">
      <p>
        Ask somebody who runs this place for a reset link. They find it under You, People. It works once, and lets you
        choose a new password.
      </p>
      <p class="note muted">On a device where you are still signed in, everything goes on as before.</p>
      <p>
        <a href={keepingDestination("/sign-in", destination(search["to"]))}>Back to signing in</a>
      </p>
    </StartPage>
  );
}
