import { For } from "solid-js";

import { sayMoment } from "#client/ui/say-time.ts";
import { count, plural } from "#client/ui/times.ts";
import type { Health } from "#shared/protocol/http/admin/installation.ts";

const SILENT = 20_000;
const MB = 1024 * 1024;

const size = (bytes: number): string =>
  bytes < 1024 * MB ? `${count(Math.round(bytes / MB))} MB` : `${(bytes / MB / 1024).toFixed(1)} GB`;

/** The processes that run, and the database under them. */
export const Machines = (props: { readonly health: Health }) => (
  <section>
    <h2 class="title">Processes</h2>
    <For each={props.health.processes}>
      {(process) => {
        const isSilent = () => props.health.at - process.seenAt >= SILENT;
        return (
          <div class="well-kept">
            <b>{process.role === "web" ? "Web and sync" : "Worker"}</b>
            <p class="note muted">
              {process.host}, number {process.pid}, {size(process.memory)}
              {process.role === "web" ? `, ${plural(process.sockets, "connection")}` : ""}, since{" "}
              <time>{sayMoment(process.startedAt)}</time>
            </p>
            <span class="note" classList={{ "text-success": !isSilent(), "text-danger": isSilent() }}>
              {isSilent() ? "silent" : "well"}
            </span>
          </div>
        );
      }}
    </For>
    <div class="well-kept">
      <b>Database</b>
      <p class="note muted">
        PostgreSQL {props.health.database.version}, {size(props.health.database.bytes)}
      </p>
      <span class="note">
        {props.health.database.connections} of {props.health.database.allowed} connections
      </span>
    </div>
  </section>
);
