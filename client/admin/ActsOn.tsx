import { createResource, For, Show } from "solid-js";

import type { LaterApi } from "#client/api/use-later-api.ts";
import { ADMIN } from "#client/paths.ts";
import { sayMoment } from "#client/ui/say-time.ts";

import { tellAct } from "#client/order/tell-act.ts";

const SHOWN = 5;

interface Props {
  readonly api: LaterApi;
  readonly target: string;
  /** As it is now: when it changes, something was done to it. */
  readonly of: object;
}

/** What was done to one person or thing lately, and the way to all of it. */
export function ActsOn(props: Props) {
  const [acts] = createResource(
    () => ({ target: props.target, of: props.of }),
    async ({ target }) => {
      const answer = await props.api.audit({ target });
      return answer.ok ? answer.value.acts.slice(0, SHOWN) : [];
    },
  );

  return (
    <Show when={acts.latest?.length}>
      <section class="stack" style={{ "--gap": "var(--space-2)" }}>
        <h3 class="note muted unstressed">Lately</h3>
        <ul class="stack note" style={{ "--gap": "var(--space-2)" }}>
          <For each={acts.latest}>
            {(act) => {
              const { who, did, whom, note } = tellAct(act);
              return (
                <li>
                  <bdi>{who}</bdi> {did} <bdi>{whom}</bdi>
                  {note === undefined ? "" : ` (${note})`}{" "}
                  <span class="muted">
                    <time>{sayMoment(act.at)}</time>
                  </span>
                </li>
              );
            }}
          </For>
        </ul>
        <a class="note" href={`${ADMIN}/audit?target=${props.target}`}>
          All of it in the audit trail
        </a>
      </section>
    </Show>
  );
}
