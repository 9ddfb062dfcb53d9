import { createEffect, createSignal, on, onCleanup, type Accessor } from "solid-js";

import type { ApiProblem } from "#client/api/problem.ts";
import type { Report, ReportName, SteppedQuery } from "#shared/protocol/http/reports.ts";

import type { AskReport, Subject } from "./ask-report.ts";

export interface Question {
  readonly subject: Subject;
  readonly name: ReportName;
  readonly query: SteppedQuery;
}

export interface Asked {
  /** The last answer, where it is this report: it stays until the next one comes. */
  readonly report: <Name extends ReportName>(name: Name) => Report<Name> | undefined;
  readonly problem: Accessor<ApiProblem | undefined>;
  readonly busy: Accessor<boolean>;
}

/** A report that is asked for again whenever the question changes, or the server can be reached again. No question, no answer. */
export function createReport(
  ask: AskReport,
  question: Accessor<Question | undefined>,
  isOffline: Accessor<boolean>,
): Asked {
  const [answer, setAnswer] = createSignal<{ readonly name: ReportName; readonly report: Report<ReportName> }>();
  const [problem, setProblem] = createSignal<ApiProblem>();
  const [busy, setBusy] = createSignal(false);

  createEffect(
    on([() => JSON.stringify(question()), isOffline], () => {
      const asked = question();
      const asking = new AbortController();
      onCleanup(() => asking.abort());
      if (asked !== undefined) void load(asked, asking.signal);
    }),
  );

  async function load({ subject, name, query }: Question, signal: AbortSignal): Promise<void> {
    setBusy(true);
    const told = await ask(subject, name, query, signal);
    if (signal.aborted) return;
    setBusy(false);
    setProblem(told.ok ? undefined : told.problem);
    if (told.ok) setAnswer({ name, report: told.value });
  }

  return {
    report: <Name extends ReportName>(name: Name) => {
      const now = answer();
      return now?.name === name ? (now.report as Report<Name>) : undefined;
    },
    problem,
    busy,
  };
}
