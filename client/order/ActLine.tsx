import { Show } from "solid-js";

import { timeOfDay } from "#client/ui/times.ts";
import type { AuditLine } from "#shared/protocol/http/admin/audit.ts";

import { tellAct } from "./tell-act.ts";

/** One act of the trail, with the beginning of its seal. */
export function ActLine(props: { readonly act: AuditLine }) {
  const told = () => tellAct(props.act);

  return (
    <li class="act">
      <time class="muted" datetime={new Date(props.act.at).toISOString()}>
        {timeOfDay(props.act.at)}
      </time>
      <p>
        <b dir="auto">{told().who}</b> {told().did}
        <Show when={told().whom}>
          {(whom) => (
            <>
              {" "}
              <b dir="auto">{whom()}</b>
            </>
          )}
        </Show>
        <Show when={told().where}>
          {(where) => (
            <>
              {" in "}
              <bdi>{where()}</bdi>
            </>
          )}
        </Show>
        <Show when={told().note}>{(note) => <span class="note muted block">{note()}</span>}</Show>
      </p>
      <span class="seal" title={props.act.seal === null ? "Not in the chain yet" : "The seal of this act"}>
        {props.act.seal === null ? "…" : `${props.act.seal.slice(0, 4)} ${props.act.seal.slice(4, 8)}`}
      </span>
    </li>
  );
}
