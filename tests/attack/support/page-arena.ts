import { applyUpdate, Doc } from "yjs";

import type { Author } from "#shared/documents/names.ts";
import { canonical } from "#shared/entries/value.ts";
import type { MemberId } from "#shared/ids.ts";
import { readBody, type PageBody } from "#shared/pages/body.ts";
import { PAGE_ROOT } from "#shared/pages/root.ts";
import type { Role } from "#shared/permissions/rules.ts";
import { judgePage, type AdmittedPage } from "#server/gate/page/judge-page.ts";
import { createPageView, type PageView } from "#server/gate/page/page-view.ts";
import { readPageUpdate } from "#server/gate/page/read-page-update.ts";
import { writePageUpdate } from "#server/gate/page/write-page-update.ts";
import { checkPage } from "#tests/support/page-checker.ts";

/** The gate of pages over one page without a database. It throws as soon as something is not as it must be. */
export interface PageArena {
  readonly doc: Doc;
  body(): PageBody;
  /** Answers the verdict: a refusal's code, or what else became of it. */
  take(sender: MemberId, bytes: Uint8Array, step2?: boolean): string;
  /** The same of frames that are committed in one batch. */
  takeTogether(sender: MemberId, ...frames: readonly Uint8Array[]): readonly string[];
  /** As how many entries each frame counted. */
  readonly counted: readonly number[];
}

export const editor = (index: number): MemberId => `0190c2a0-0000-7000-8000-00000000000${index}` as MemberId;

export function createPageArena(roleOf: (sender: MemberId) => Role = () => "moderator"): PageArena {
  const doc = new Doc();
  const bindings = new Map<number, Author>();
  const counted: number[] = [];

  function judge(view: PageView, sender: MemberId, bytes: Uint8Array, step2: boolean): AdmittedPage | string {
    const read = readPageUpdate(bytes);
    if (!read.ok) return read.problem.kind;
    const before = canonical(readBody(doc.getXmlFragment(PAGE_ROOT)));
    const verdict = judgePage({
      update: read.value,
      step2,
      sender,
      standing: {
        actor: { id: sender, platformAdmin: false, role: roleOf(sender), inside: false },
        target: { place: "page" },
      },
      view,
      waitFor({ entries }) {
        counted.push(entries);
        return 0;
      },
    });
    if (verdict.kind === "admitted") return verdict;
    must(canonical(readBody(doc.getXmlFragment(PAGE_ROOT))) === before, "a refusal leaves traces");
    return verdict.kind === "refused" ? verdict.code : verdict.kind;
  }

  function commit(verdict: AdmittedPage, sender: MemberId): string {
    must(
      verdict.structs.every(({ client }) => (bindings.get(client) ?? sender) === sender),
      "somebody else's clientID was used",
    );
    verdict.structs.forEach(({ client }) => bindings.set(client, sender));
    const row = writePageUpdate(verdict);
    must(readPageUpdate(row).ok, "a row is not what it should be");
    applyUpdate(doc, row);
    checkPage(doc);
    return verdict.structs.length + verdict.deletes.length > 0 ? "admitted" : "known";
  }

  function takeAll(sender: MemberId, frames: readonly Uint8Array[], step2: boolean): readonly string[] {
    const view = createPageView(doc, bindings);
    return frames
      .map((bytes) => judge(view, sender, bytes, step2))
      .map((verdict) => (typeof verdict === "string" ? verdict : commit(verdict, sender)));
  }

  return {
    doc,
    counted,
    body: () => readBody(doc.getXmlFragment(PAGE_ROOT)),
    take: (sender, bytes, step2 = false) => takeAll(sender, [bytes], step2)[0] as string,
    takeTogether: (sender, ...frames) => takeAll(sender, frames, false),
  };
}

function must(holds: boolean, promise: string): void {
  if (!holds) throw new Error(promise);
}
