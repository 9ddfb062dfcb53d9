import ArrowDown from "lucide-solid/icons/arrow-down";
import ArrowUp from "lucide-solid/icons/arrow-up";
import Download from "lucide-solid/icons/download";
import Flag from "lucide-solid/icons/flag";
import HistoryIcon from "lucide-solid/icons/rotate-ccw-clock";
import Pencil from "lucide-solid/icons/pencil";
import Pin from "lucide-solid/icons/pin";
import PinOff from "lucide-solid/icons/pin-off";
import Trash from "lucide-solid/icons/trash";
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";

import { sayProblem } from "#client/api/rejection.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { later } from "#client/ui/later.tsx";
import { Menu, type MenuItem } from "#client/ui/Menu.tsx";
import { say } from "#client/ui/toasts.ts";
import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import type { PageBody } from "#shared/pages/body.ts";
import { toMarkdown } from "#shared/pages/markdown.ts";

import { DeletePage, RenamePage } from "./PageQuestions.tsx";

const ReportDialog = later(async () => (await import("#client/order/ReportDialog.tsx")).ReportDialog);

interface Props {
  readonly page: MirroredPage;
  /** What it says; undefined where it is not open. */
  readonly body?: PageBody;
  readonly at: HTMLElement;
  readonly onHistory?: () => void;
  readonly onClose: () => void;
}

type Question = "rename" | "delete" | "report";

/** What one can do with a page as a whole. The menu stays mounted, hidden, while it asks. */
export function PageMenu(props: Props): JSX.Element {
  const local = useLocal();
  const api = useLaterApi();
  const [asking, ask] = createSignal<Question>();
  // The page may be gone before the question is closed.
  const { page, body, onHistory } = props;
  const may = () => local.may("page.manage", page.id);
  const siblings = local.pages
    .of(page.community)
    .filter(({ channel, pinned }) => channel === page.channel && pinned === page.pinned);
  const place = siblings.findIndex(({ id }) => id === page.id);
  let isAsking = false;

  async function change(what: { readonly pinned?: boolean; readonly position?: number }): Promise<void> {
    const answer = await api.changePage({ id: page.id, ...what });
    if (!answer.ok) say(sayProblem(answer.problem).text);
  }

  const move = (step: 1 | -1): void => {
    const neighbour = siblings[place + step];
    if (neighbour !== undefined) void change({ position: neighbour.position });
  };

  const question = (which: Question) => (): void => {
    isAsking = true;
    ask(which);
  };

  const items = (): readonly MenuItem[] => [
    ...(onHistory ? [{ label: "History", icon: HistoryIcon, act: onHistory }] : []),
    ...(body ? [{ label: "Save as markdown", icon: Download, act: () => download(page.title, toMarkdown(body)) }] : []),
    { label: "Report", icon: Flag, act: question("report") },
    ...(may()
      ? [
          { label: "Rename", icon: Pencil, apart: true, act: question("rename") },
          page.pinned
            ? { label: "Unpin", icon: PinOff, act: () => void change({ pinned: false }) }
            : { label: "Pin", icon: Pin, act: () => void change({ pinned: true }) },
          ...(place > 0 ? [{ label: "Move up", icon: ArrowUp, act: () => move(-1) }] : []),
          ...(place < siblings.length - 1 ? [{ label: "Move down", icon: ArrowDown, act: () => move(1) }] : []),
          { label: "Delete", icon: Trash, danger: true, apart: true, act: question("delete") },
        ]
      : []),
  ];

  // The menu closes before it acts.
  const closeMenu = (): void => queueMicrotask(() => (isAsking ? undefined : props.onClose()));

  return (
    <Show when={asking()} fallback={<Menu label={page.title} items={items()} at={props.at} onClose={closeMenu} />}>
      <Switch>
        <Match when={asking() === "rename"}>
          <RenamePage page={page} onClose={props.onClose} />
        </Match>
        <Match when={asking() === "delete"}>
          <DeletePage page={page} onClose={props.onClose} />
        </Match>
        <Match when={asking() === "report"}>
          <ReportDialog target={{ of: "page", page: page.id }} what={<bdi>{page.title}</bdi>} onClose={props.onClose} />
        </Match>
      </Switch>
    </Show>
  );
}

/** As a file, also without a network. */
function download(title: string, markdown: string): void {
  const url = URL.createObjectURL(new Blob([`# ${title}\n\n${markdown}`], { type: "text/markdown" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${title.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "") || "page"}.md`;
  link.click();
  URL.revokeObjectURL(url);
}
