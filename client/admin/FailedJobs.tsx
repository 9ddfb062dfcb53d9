import { For, Show } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { sayMoment } from "#client/ui/say-time.ts";
import { count, plural } from "#client/ui/times.ts";
import type { Health } from "#shared/protocol/http/admin/installation.ts";

interface Props {
  readonly health: Health;
  readonly onRetried: () => void;
}

/** What waits in the queue, and what failed there, with why. */
export function FailedJobs(props: Props) {
  const api = useLaterApi();
  const act = createAct();
  const jobs = () => props.health.jobs;

  async function retry(job: string): Promise<void> {
    await act.run(() => api.retryJob({ job }));
    props.onRetried();
  }

  return (
    <section>
      <h2 class="title">Jobs</h2>
      <dl class="now">
        <dt>Waiting</dt>
        <dd class="figure">{count(jobs().waiting + jobs().delayed)}</dd>
        <dt>Being done</dt>
        <dd class="figure">{count(jobs().active)}</dd>
        <dt>Failed</dt>
        <dd class="figure">{count(jobs().failed)}</dd>
      </dl>
      <FormProblem problem={act.problem()} />
      <Show when={jobs().failures.length > 0}>
        <ul class="ends-line">
          <For each={jobs().failures}>
            {(job) => (
              <li class="setting">
                <div>
                  <b>
                    {job.name} <code>{job.document}</code>
                  </b>
                  <p class="note danger-words">{job.error}</p>
                  <p class="note muted">
                    <time>{sayMoment(job.at)}</time>, after {plural(job.attempts, "attempt")}
                  </p>
                </div>
                <Button aria-busy={act.busy()} onClick={() => void retry(job.id)}>
                  Try again
                  <span class="hush">
                    : {job.name} {job.document}
                  </span>
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
