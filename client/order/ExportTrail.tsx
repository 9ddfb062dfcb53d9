import Download from "lucide-solid/icons/download";
import { useSearchParams } from "@solidjs/router";
import { createSignal, Show } from "solid-js";

import { Button, LinkButton } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";

import { exportPath, type AuditSearch } from "./audit-question.ts";

/** Takes along what the filters in the address leave of a trail. `of`: where it is exported from. */
export function ExportTrail(props: { readonly of: string }) {
  const [search] = useSearchParams<{ [Name in keyof AuditSearch]: string }>();
  const [taking, setTaking] = createSignal(false);

  return (
    <>
      <Button icon={Download} aria-label="Export" onClick={() => setTaking(true)}>
        <span class="not-phone">Export</span>
      </Button>
      <Show when={taking()}>
        <ExportDialog of={props.of} search={search} onClose={() => setTaking(false)} />
      </Show>
    </>
  );
}

const ExportDialog = (props: { readonly of: string; readonly search: AuditSearch; readonly onClose: () => void }) => (
  <Dialog title="Export the audit trail" onClose={props.onClose}>
    <p>
      All acts that the filters leave, the oldest first. With a place in the chain and a seal each they can be checked
      against the trail later. That you took them along is an act too.
    </p>
    <div class="deciding">
      <LinkButton
        href={exportPath(props.of, props.search, "ndjson")}
        download=""
        rel="external"
        onClick={() => props.onClose()}
      >
        Lines of JSON
      </LinkButton>
      <LinkButton
        kind="first"
        href={exportPath(props.of, props.search, "csv")}
        download=""
        rel="external"
        onClick={() => props.onClose()}
      >
        A table (CSV)
      </LinkButton>
    </div>
  </Dialog>
);
