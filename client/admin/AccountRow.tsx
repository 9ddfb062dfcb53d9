import { useLocation } from "@solidjs/router";
import { Show } from "solid-js";

import { adminPersonPath } from "#client/paths.ts";
import { sayMoment } from "#client/ui/say-time.ts";
import { Seat } from "#client/ui/Seat.tsx";
import { plural } from "#client/ui/times.ts";
import type { Account } from "#shared/protocol/http/admin/people.ts";

/** What is to be known of an account at a glance. */
export const stateOf = ({ login, disabledAt }: Account): "disabled" | "not claimed" | "active" => {
  if (disabledAt !== undefined) return "disabled";
  return login === null ? "not claimed" : "active";
};

export function AccountRow(props: { readonly account: Account }) {
  const location = useLocation();

  return (
    <tr>
      <td>
        <a class="person row-link" href={`${adminPersonPath(props.account.id)}${location.search}`}>
          <Seat id={props.account.id} name={props.account.name} />
          <span class="grow">
            <b class="clip block" dir="auto">
              {props.account.name}
            </b>
            <span class="note muted clip block">{props.account.login ?? "came with an import"}</span>
          </span>
        </a>
      </td>
      <td class="note">{props.account.platformAdmin ? "admin" : "member"}</td>
      <td class="when">
        <Show when={props.account.seenAt} fallback="not signed in">
          {(at) => <time>{sayMoment(at())}</time>}
        </Show>
      </td>
      <td class="when low">{props.account.sessions === 0 ? "none" : plural(props.account.sessions, "device")}</td>
      <td class="note keep" classList={{ "text-danger": stateOf(props.account) === "disabled" }}>
        {stateOf(props.account)}
      </td>
    </tr>
  );
}
