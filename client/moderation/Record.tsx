import { For, Show, type JSX } from "solid-js";

import { Button } from "#client/ui/Button.tsx";
import { sayDay, sayMoment } from "#client/ui/say-time.ts";
import { Seat } from "#client/ui/Seat.tsx";
import { count, plural } from "#client/ui/times.ts";
import type { Measure, PersonRecord } from "#shared/protocol/http/moderation.ts";

const kinds: Readonly<Record<Measure["kind"], string>> = {
  warn: "Warned",
  mute: "Muted",
  kick: "Taken out",
  ban: "Banned",
};

const holds = ({ lifted, until }: Measure): boolean => lifted === undefined && (until ?? Infinity) > Date.now();

/** Who somebody is here, and what came of them before. */
export const Record = (props: {
  readonly of: PersonRecord;
  /** How one of the measures that hold is lifted, where it can be. */
  readonly onLift?: ((id: string) => void) | undefined;
}): JSX.Element => (
  <>
    <div class="person gap-3">
      <Seat id={props.of.person.id} name={props.of.person.name} size={2.5} />
      <div class="grow">
        <b dir="auto">{props.of.person.name}</b>
        <p class="note muted">
          <Show when={props.of.joinedAt} fallback="no member here">
            {(since) => (
              <>
                {props.of.role} since <time>{sayDay(since())}</time>
              </>
            )}
          </Show>
        </p>
      </div>
    </div>
    <dl class="facts note">
      <dt>Messages</dt>
      <dd>
        {count(props.of.messages)}, {props.of.hidden === 0 ? "none" : count(props.of.hidden)} hidden
      </dd>
      <dt>Cases</dt>
      <dd>{plural(props.of.cases, "case")} about them</dd>
      <dt>Before</dt>
      <dd>
        <Show when={props.of.measures.length > 0} fallback="nothing was done">
          <ul class="stack" style={{ "--gap": "var(--space-1)" }}>
            <For each={props.of.measures}>
              {(measure) => (
                <li>
                  {kinds[measure.kind]} <time>{sayMoment(measure.at)}</time>
                  {measure.lifted === undefined ? "" : ", lifted"}: <bdi>{measure.reason}</bdi>
                  <Show when={props.onLift !== undefined && holds(measure)}>
                    {" "}
                    <Button
                      kind="plain"
                      aria-label={`Lift: ${kinds[measure.kind]}, ${measure.reason}`}
                      onClick={() => props.onLift?.(measure.id)}
                    >
                      Lift
                    </Button>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </dd>
    </dl>
  </>
);
