import { useSearchParams } from "@solidjs/router";
import ScrollText from "lucide-solid/icons/scroll-text";
import X from "lucide-solid/icons/x";
import { createMemo, For, Show } from "solid-js";

import { createPages } from "#client/api/create-pages.ts";
import type { ApiProblem } from "#client/api/problem.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { FindField } from "#client/ui/FindField.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { More } from "#client/ui/More.tsx";
import { Select } from "#client/ui/Select.tsx";
import { dateLine, dayOf } from "#client/ui/times.ts";
import { auditActs, type AuditAct } from "#shared/audit/acts.ts";
import type { AuditLine, TrailPage } from "#shared/protocol/http/admin/audit.ts";
import { ok, type Result } from "#shared/result.ts";

import { ActLine } from "./ActLine.tsx";
import { questionOf, type AuditQuestion, type AuditSearch } from "./audit-question.ts";
import "./trail.css";

const everyAct: readonly { readonly value: AuditAct | ""; readonly label: string }[] = [
  { value: "", label: "All acts" },
  ...(Object.keys(auditActs) as AuditAct[])
    .map((value) => ({ value, label: value.replace(".", ": ").replaceAll("-", " ") }))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1)),
];

interface Props {
  readonly ask: (
    question: AuditQuestion & { readonly after?: string | undefined },
    signal: AbortSignal,
  ) => Promise<Result<TrailPage, ApiProblem>>;
}

/** Acts of authority by day, the newest first. What one looks at is in the address. */
export function Trail(props: Props) {
  const [search, setSearch] = useSearchParams<{ [Name in keyof AuditSearch]: string }>();
  const question = createMemo(() => questionOf(search));
  const set = (change: Readonly<Record<string, string>>) =>
    setSearch(Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value === "" ? null : value])), {
      replace: true,
    });

  const acts = createPages(question, async (asked, after, signal) => {
    const answer = await props.ask({ ...asked, after }, signal);
    return answer.ok ? ok({ items: answer.value.acts, next: answer.value.next }) : answer;
  });
  const days = createMemo(() => [...Map.groupBy(acts.items() ?? [], ({ at }) => dayOf(at)).values()]);

  return (
    <>
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
    </>
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
