import type { MemberId } from "#shared/ids.ts";
import type { Standing } from "#server/gate/judge-entry.ts";
import type { Demand } from "#server/gate/judge.ts";
import { judgePage, type AdmittedPage } from "#server/gate/page/judge-page.ts";
import { createPageView } from "#server/gate/page/page-view.ts";
import { writePageUpdate } from "#server/gate/page/write-page-update.ts";

import type { Draft, DraftInput } from "./draft.ts";
import type { JournalRow, Outcome, PageFrame } from "./task.ts";

type PageDraftInput = Pick<DraftInput, "name" | "version" | "live" | "allowances" | "now">;

/** What a batch is about to add to one page, while its row is locked. */
export function createPageDraft({ name, version, live, allowances, now }: PageDraftInput): Draft {
  const view = live && createPageView(live.doc, live.bindings);
  const rows: JournalRow[] = [];

  function addRow(author: MemberId, { structs, deletes }: AdmittedPage, bound: JournalRow["bound"]): void {
    rows.push({
      document: name,
      version: version + rows.length + 1,
      update: writePageUpdate({ structs, deletes }),
      author,
      received: now,
      penned: false,
      entries: 0,
      bound,
    });
  }

  function frame({ update, step2, sender }: PageFrame, standing: Standing): Outcome {
    if (view === undefined) return { kind: "no-such-document" };
    const clients = new Set(update.structs.map(({ client }) => client));
    const unbound = [...clients].filter((client) => view.ownerOf(client) === undefined);
    const waitFor = (demand: Demand): number => allowances.waitFor(sender, name, demand);
    const verdict = judgePage({ update, step2, sender, standing, view, waitFor });
    if (verdict.kind !== "admitted") return verdict;

    const bound = unbound.flatMap((client) => (view.ownerOf(client) === sender ? [[client, sender] as const] : []));
    if (verdict.structs.length + verdict.deletes.length > 0) addRow(sender, verdict, bound);
    return { kind: "committed", version: version + rows.length, received: now, entries: [] };
  }

  return {
    rows,
    keyChanges: [],
    eraseDue: new Set(),
    spoken: [],
    take: (task, standingOf) =>
      task.kind === "page-frame"
        ? frame(task, standingOf({ person: task.sender, place: task.live.ref }))
        : { kind: "no-such-document" },
  };
}
