import type { Editor } from "@tiptap/core";
import { createResource, createSignal, For, Match, Show, Switch, type JSX } from "solid-js";

import { createAct } from "#client/api/create-act.ts";
import { sayProblem } from "#client/api/rejection.ts";
import { useLaterApi } from "#client/api/use-later-api.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Button } from "#client/ui/Button.tsx";
import { Drawer } from "#client/ui/Dialog.tsx";
import { FormProblem } from "#client/ui/FormProblem.tsx";
import { spokenTime } from "#client/ui/times.ts";
import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import type { PageBody } from "#shared/pages/body.ts";
import { differenceOf } from "#shared/pages/difference.ts";
import type { PageVersion } from "#shared/protocol/http/pages.ts";

import { Difference } from "./Difference.tsx";

interface Props {
  readonly page: MirroredPage;
  readonly now: PageBody;
  /** Where the page is being edited. */
  readonly editor: Editor | undefined;
  readonly onEdit: () => void;
  readonly onClose: () => void;
}

const NOTHING: PageBody = { type: "doc", content: [] };

/** Who changed what when, what each of them changed, and the way back. */
export function PageHistory(props: Props): JSX.Element {
  const api = useLaterApi();
  const [shown, show] = createSignal<PageVersion>();
  const { id } = props.page;
  const [versions] = createResource(() => api.pageVersions({ id }));
  const list = () => {
    const answer = versions();
    return answer?.ok === true ? answer.value.versions : [];
  };
  const problem = () => {
    const answer = versions();
    return answer?.ok === false ? sayProblem(answer.problem) : undefined;
  };

  return (
    <Drawer title="History" onClose={props.onClose}>
      <FormProblem problem={problem()} />
      <Show when={shown()} keyed fallback={<Versions of={list()} loading={versions.loading} onShow={show} />}>
        {(version) => (
          <Version
            {...props}
            version={version}
            before={list()[list().indexOf(version) + 1]}
            isNewest={list()[0] === version}
            onBack={() => show(undefined)}
          />
        )}
      </Show>
    </Drawer>
  );
}

interface VersionsProps {
  readonly of: readonly PageVersion[];
  readonly loading: boolean;
  readonly onShow: (version: PageVersion) => void;
}

const Versions = (props: VersionsProps): JSX.Element => (
  <ol class="versions stack" style={{ "--gap": "var(--space-1)" }}>
    <For
      each={props.of}
      fallback={
        <li class="muted">{props.loading ? "" : "Nothing here yet. A version is noted soon after somebody wrote."}</li>
      }
    >
      {(version) => (
        <li>
          <button type="button" class="option" onClick={() => props.onShow(version)}>
            <span>
              <time datetime={new Date(version.at).toISOString()}>{spokenTime(version.at)}</time>
              <span class="note muted">
                {" "}
                <Names of={version.authors} />
              </span>
            </span>
          </button>
        </li>
      )}
    </For>
  </ol>
);

function Names(props: { readonly of: PageVersion["authors"] }): JSX.Element {
  const local = useLocal();
  const names = () => props.of.map((author) => local.profile(author).name).filter(Boolean);
  return <bdi>{names().join(", ")}</bdi>;
}

interface VersionProps extends Props {
  readonly version: PageVersion;
  readonly before: PageVersion | undefined;
  readonly isNewest: boolean;
  readonly onBack: () => void;
}

function Version(props: VersionProps): JSX.Element {
  const api = useLaterApi();
  const local = useLocal();
  const act = createAct();
  const { id } = props.page;
  const bodyOf = async (version: PageVersion | undefined): Promise<PageBody | undefined> => {
    if (version === undefined) return NOTHING;
    const answer = await api.pageVersion({ id, version: String(version.version) });
    return answer.ok ? (answer.value.content as PageBody) : undefined;
  };
  const [bodies] = createResource(async () => ({
    own: await bodyOf(props.version),
    before: await bodyOf(props.before),
  }));

  /** As a new edit, after what the page says now was kept: nothing is lost by going back. */
  async function restore(): Promise<void> {
    const { editor } = props;
    const content = bodies()?.own;
    if (editor === undefined || content === undefined) return;
    const answer = await act.run(() => api.keepPageVersion({ id }));
    if (!answer.ok) return;
    editor.commands.setContent(content as never);
    props.onClose();
  }

  return (
    <div class="stack">
      <div class="row-of far">
        <Button onClick={() => props.onBack()}>All versions</Button>
        <Show when={!props.isNewest && local.may("page.edit", id)}>
          <Show when={props.editor} fallback={<Button onClick={() => props.onEdit()}>Edit, to go back to this</Button>}>
            <Button kind="first" aria-busy={act.busy()} onClick={() => void restore()}>
              Go back to this
            </Button>
          </Show>
        </Show>
      </div>
      <FormProblem problem={act.problem()} />
      <p class="note muted">
        <time>{spokenTime(props.version.at)}</time> <Names of={props.version.authors} />
      </p>
      <Switch>
        <Match when={bodies.loading}>
          <p class="muted">Being fetched.</p>
        </Match>
        <Match when={bodies()?.own === undefined || bodies()?.before === undefined}>
          <p class="muted">This version cannot be had now. The history needs the server.</p>
        </Match>
        <Match when={bodies()}>
          {(both) => <Difference changes={differenceOf(both().before ?? NOTHING, both().own ?? NOTHING)} />}
        </Match>
      </Switch>
    </div>
  );
}
