import "./reports.css";
import CloudOff from "lucide-solid/icons/cloud-off";
import Download from "lucide-solid/icons/download";
import Link from "lucide-solid/icons/link";
import { useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, Match, Show, Switch, untrack } from "solid-js";

import { sayProblem } from "#client/api/rejection.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { Button, LinkButton } from "#client/ui/Button.tsx";
import { copyAndSay } from "#client/ui/copy.ts";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { Notice } from "#client/ui/Notice.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { Tabs } from "#client/ui/Tabs.tsx";
import { createTitle } from "#client/ui/title.ts";
import type { Report } from "#shared/protocol/http/reports.ts";

import { Answering } from "./Answering.tsx";
import { createAskReport, csvAddress, type AskReport, type Subject } from "./ask-report.ts";
import { Choices } from "./Choices.tsx";
import { createReport } from "./create-report.ts";
import { Engagement } from "./Engagement.tsx";
import { Growth } from "./Growth.tsx";
import { Moderation } from "./Moderation.tsx";
import { isEmpty, Nothing } from "./Nothing.tsx";
import { Popular } from "./Popular.tsx";
import { Retention } from "./Retention.tsx";
import { sayLength } from "./say.ts";
import {
  isFewEnough,
  lengthOf,
  paramsOf,
  readView,
  tabs,
  usualStep,
  type Params,
  type Tab,
  type View,
} from "./view.ts";

interface Props {
  /** Whose reports: the community's, or of the whole platform. */
  readonly whole: Exclude<Subject, { readonly scope: "channel" }>;
  readonly name: string;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly back: string;
  readonly backLabel: string;
  readonly ask?: AskReport;
}

const titles: Record<Tab, string> = {
  engagement: "Engagement",
  growth: "Growth",
  retention: "Who stays",
  moderation: "Moderation",
  answering: "Answering",
  popular: "Popular",
};

/** Figures of a community or of the whole platform. The address is the view, so that it can be sent to somebody. */
export function ReportsSheet(props: Props) {
  const local = useLocal();
  const [params, setParams] = useSearchParams<Params>();
  const view = createMemo(() => readView(params, Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone));
  const show = (next: View) => setParams(paramsOf(next));
  const channel = () => props.channels.find(({ id }) => id === view().channel);
  const subject = (): Subject => {
    const one = channel();
    return one === undefined ? props.whole : { scope: "channel", id: one.id };
  };
  const query = () => {
    const { from, to, by, zone } = view();
    return { from, to, by, zone };
  };

  const ask = untrack(() => props.ask) ?? createAskReport();
  const isOffline = () => local.connection().state === "offline";
  const main = createReport(ask, () => ({ subject: subject(), name: view().tab, query: query() }), isOffline);
  const hours = createReport(
    ask,
    () => (view().tab === "engagement" ? { subject: subject(), name: "hours", query: query() } : undefined),
    isOffline,
  );
  const shown = () => main.report(view().tab);
  const isAway = () => isOffline() || main.problem()?.kind === "offline";

  createTitle(() => `${titles[view().tab]} · ${props.name}`);
  // Whatever was usual here is written out, so that the address shows the same elsewhere.
  createEffect(() => params.zone === undefined && setParams(paramsOf(view()), { replace: true }));

  return (
    <main class="sheet">
      <Bar back={props.back} backLabel={props.backLabel} title="Reports" topic={sayCounted(shown())}>
        <Button kind="plain" class="not-phone" icon={Link} onClick={() => void copyAndSay(location.href)}>
          Copy link
        </Button>
        <Show when={shown() !== undefined && !isAway()}>
          <LinkButton icon={Download} href={csvAddress(subject(), view().tab, query())} download="">
            CSV
          </LinkButton>
        </Show>
      </Bar>
      <div class="report-tabs">
        <Tabs
          label="Reports"
          tabs={tabs.map((tab) => ({
            label: titles[tab],
            href: `?${new URLSearchParams(paramsOf({ ...view(), tab, ...stepFor({ ...view(), tab }) })).toString()}`,
            here: tab === view().tab,
          }))}
        />
      </div>
      <div class="scroll">
        <div class="report" aria-busy={main.busy()}>
          <div class="report-head">
            <h2 class="head" dir="auto">
              {sayLength(lengthOf(view()))} of {channel()?.name ?? props.name}
            </h2>
            <Choices
              view={view()}
              channels={props.channels}
              known={shown()?.known}
              stepped={view().tab !== "popular"}
              onChange={show}
            />
          </div>
          <Switch>
            <Match when={isAway()}>
              <div class="pt-6">
                <Notice icon={CloudOff}>
                  The server counts, and it cannot be reached now. These figures come by themselves when you are back
                  online; nothing of this view is lost until then.
                </Notice>
              </div>
            </Match>
            <Match when={main.problem()}>
              {(problem) => (
                <div class="pt-6">
                  <FormProblem problem={sayProblem(problem())} />
                </div>
              )}
            </Match>
            <Match when={shown()}>
              {(report) => (
                <>
                  <Show when={!report().complete}>
                    <p class="note muted pt-3" role="status">
                      Still counting: what was written last may be missing here.
                    </p>
                  </Show>
                  <Show
                    when={!isEmpty(view().tab, report())}
                    fallback={<Nothing view={view()} known={report().known} onShow={show} />}
                  >
                    <Shown tab={view().tab} />
                  </Show>
                </>
              )}
            </Match>
          </Switch>
        </div>
      </div>
    </main>
  );

  function Shown(of: { readonly tab: Tab }) {
    return (
      <Switch>
        <Match when={of.tab === "engagement" && main.report("engagement")}>
          {(report) => <Engagement report={report()} hours={hours.report("hours")} />}
        </Match>
        <Match when={of.tab === "growth" && main.report("growth")}>
          {(report) => <Growth report={report()} members={props.whole.scope === "platform" ? "Accounts" : "Members"} />}
        </Match>
        <Match when={of.tab === "retention" && main.report("retention")}>
          {(report) => <Retention report={report()} />}
        </Match>
        <Match when={of.tab === "moderation" && main.report("moderation")}>
          {(report) => <Moderation report={report()} />}
        </Match>
        <Match when={of.tab === "answering" && main.report("answering")}>
          {(report) => <Answering report={report()} />}
        </Match>
        <Match when={of.tab === "popular" && main.report("popular")}>
          {(report) => (
            <Popular report={report()} places={props.whole.scope === "platform" ? "Communities" : "Channels"} />
          )}
        </Match>
      </Switch>
    );
  }
}

/** Where who stays would be counted in too many steps, they are larger. */
const stepFor = (view: View): Pick<View, "by"> => ({ by: isFewEnough(view.by, view) ? view.by : usualStep(view) });

const sayCounted = (report: Report<Tab> | undefined): string | undefined => report && `counted ${sayMoment(report.at)}`;
