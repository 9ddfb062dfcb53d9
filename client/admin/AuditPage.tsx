import { useSearchParams } from "@solidjs/router";
import Download from "lucide-solid/icons/download";
import ScrollText from "lucide-solid/icons/scroll-text";
import X from "lucide-solid/icons/x";
import { createMemo, createSignal, For, Show } from "solid-js";

import { createPages } from "#client/api/create-pages.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { Button, LinkButton } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { More } from "#client/ui/More.tsx";
import { Select } from "#client/ui/Select.tsx";
import { dateLine, dayOf } from "#client/ui/times.ts";
import { auditActs, type AuditAct } from "#shared/audit/acts.ts";
import type { AuditLine } from "#shared/protocol/http/admin/audit.ts";
import { ok } from "#shared/result.ts";

import { ActLine } from "./ActLine.tsx";
import { AdminSheet } from "./AdminSheet.tsx";
import { exportPath, questionOf, type AuditSearch } from "./audit-question.ts";

const everyAct: readonly { readonly value: AuditAct | ""; readonly label: string }[] = [
  { value: "", label: "All acts" },
  ...(Object.keys(auditActs) as AuditAct[])
    .map((value) => ({ value, label: value.replace(".", ": ").replaceAll("-", " ") }))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1)),
];

/** Every act of authority, the newest first. */
export function AuditPage() {
  const api = useLaterApi();
  const [search, setSearch] = useSearchParams<{ [Name in keyof AuditSearch]: string }>();
  const [taking, setTaking] = createSignal(false);
  const question = createMemo(() => questionOf(search));
  const set = (change: Readonly<Record<string, string>>) =>
    setSearch(Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value === "" ? null : value])), {
      replace: true,
    });

  const acts = createPages(question, async (asked, after, signal) => {
    const answer = await api.audit({ ...asked, after }, signal);
    return answer.ok ? ok({ items: answer.value.acts, next: answer.value.next }) : answer;
  });
  const days = createMemo(() => [...Map.groupBy(acts.items() ?? [], ({ at }) => dayOf(at)).values()]);

  return (
    <AdminSheet
      title="Audit trail"
      topic="only added to, and chained"
      tools={
        <Button icon={Download} aria-label="Export" onClick={() => setTaking(true)}>
          <span class="not-phone">Export</span>
        </Button>
      }
    >
      <div class="column sheet-wide">
        <div class="filters audit-filters">
          <FindField
            label="Find an act"
            placeholder="Who, what, or against whom"
            value={search.q ?? ""}
            onInput={(q) => set({ q })}
          />
          <Select
            quiet
            label="Which acts"
            value={(search.act ?? "") as AuditAct | ""}
            options={everyAct}
            onChange={(act) => set({ act })}
          />
          <Day label="From" value={search.from ?? ""} onChange={(from) => set({ from })} />
          <Day label="Until" value={search.until ?? ""} onChange={(until) => set({ until })} />
          <Narrowed search={search} onWiden={(name) => set({ [name]: "" })} />
        </div>
        <FormProblem problem={acts.trouble()} />
        <Show when={acts.items()?.length === 0}>
          <EmptyState
            icon={ScrollText}
            title="No act is like this"
            text="Take a filter away, or look at more days. What was done stays here for ever."
          />
        </Show>
        <For each={days()}>{(day) => <DayOfActs acts={day} />}</For>
        <More pages={acts} />
      </div>
      <Show when={taking()}>
        <ExportDialog search={search} onClose={() => setTaking(false)} />
      </Show>
    </AdminSheet>
  );
}

const DayOfActs = (props: { readonly acts: readonly AuditLine[] }) => (
  <section>
    <h2 class="act-day">{dateLine(props.acts[0]?.at ?? 0)}</h2>
    <ol>
      <For each={props.acts}>{(act) => <ActLine act={act} />}</For>
    </ol>
  </section>
);

const Day = (props: { readonly label: string; readonly value: string; readonly onChange: (day: string) => void }) => (
  <label class="day-field">
    <span class="note muted">{props.label}</span>
    <input
      class="field"
      type="date"
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  </label>
);

const narrowing = { who: "By one person", target: "About one thing", community: "In one community" } as const;

/** What a link narrows the trail down to, and the way out of it. */
const Narrowed = (props: { readonly search: AuditSearch; readonly onWiden: (name: string) => void }) => (
  <For each={Object.keys(narrowing) as (keyof typeof narrowing)[]}>
    {(name) => (
      <Show when={props.search[name]}>
        <button type="button" class="chip on" onClick={() => props.onWiden(name)}>
          {narrowing[name]}
          <Icon of={X} size="small" />
          <span class="hush">, take this away</span>
        </button>
      </Show>
    )}
  </For>
);

const ExportDialog = (props: { readonly search: AuditSearch; readonly onClose: () => void }) => (
  <Dialog title="Export the audit trail" onClose={props.onClose}>
    <p>
      All acts that the filters leave, the oldest first. With a place in the chain and a seal each they can be checked
      against the trail later. That you took them along is an act too.
    </p>
    <div class="deciding">
      <LinkButton href={exportPath(props.search, "ndjson")} download="" rel="external" onClick={() => props.onClose()}>
        Lines of JSON
      </LinkButton>
      <LinkButton
        kind="first"
        href={exportPath(props.search, "csv")}
        download=""
        rel="external"
        onClick={() => props.onClose()}
      >
        A table (CSV)
      </LinkButton>
    </div>
  </Dialog>
);
