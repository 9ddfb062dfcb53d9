import Ellipsis from "lucide-solid/icons/ellipsis";
import History from "lucide-solid/icons/rotate-ccw-clock";
import Pencil from "lucide-solid/icons/pencil";
import type { Editor } from "@tiptap/core";
import { useParams, useSearchParams } from "@solidjs/router";
import { createSignal, For, Match, Show, Switch, type JSX } from "solid-js";

import { MutedNotice } from "#client/order/MutedNotice.tsx";
import { communityPath, pagesPath } from "#client/paths.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Bar } from "#client/ui/Bar.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { later } from "#client/ui/later.tsx";
import { Seat } from "#client/ui/Seat.tsx";
import { createTitle } from "#client/ui/title.ts";
import { Tool } from "#client/ui/Tool.tsx";
import type { MirroredPage } from "#shared/entries/kinds/mirror.ts";
import type { PageBody } from "#shared/pages/body.ts";
import type { MemberId, PageId } from "#shared/ids.ts";

import { createBody, createOpenPage } from "./create-open-page.ts";
import { Offline } from "./Offline.tsx";
import { Outline } from "./Outline.tsx";
import { PageMenu } from "./PageMenu.tsx";
import { Prose } from "./Prose.tsx";

const PageEditor = later(async () => (await import("./PageEditor.tsx")).PageEditor);
const PageHistory = later(async () => (await import("./PageHistory.tsx")).PageHistory);

/** One page, named by the address. */
export function PagePlace(): JSX.Element {
  const local = useLocal();
  const params = useParams<{ community: string; page: string }>();

  return (
    <Show when={local.pages.find(params.page as PageId)?.id} keyed fallback={<NoPage />}>
      {(id) => <PageSheet page={local.pages.find(id) as MirroredPage} />}
    </Show>
  );
}

const NoPage = (): JSX.Element => (
  <main class="sheet place-middle">
    <EmptyState
      alone
      title="There is no such page for you."
      text="It was deleted, it is in a channel that you are not in, or this device has not heard of it yet. What you wrote on it is kept for you under “Not sent”."
    />
  </main>
);

/** A page to be read, and edited in place by those who may. */
function PageSheet(props: { readonly page: MirroredPage }): JSX.Element {
  const local = useLocal();
  const [search, setSearch] = useSearchParams<{ edit?: string }>();
  const [menuAt, setMenuAt] = createSignal<HTMLElement>();
  const [history, setHistory] = createSignal(false);
  const [editor, setEditor] = createSignal<Editor>();
  const { id } = props.page;
  const open = createOpenPage(local, id);
  const body = createBody(() => open()?.doc());
  const page = () => local.pages.find(id) ?? props.page;
  const may = () => local.may("page.edit", id);
  const editing = () => may() && search.edit !== undefined;
  const others = () => [
    ...new Set((open()?.carets() ?? []).map(({ person }) => person).filter((person) => person !== local.me().id)),
  ];
  const edit = (on: boolean): void => setSearch({ edit: on ? "1" : undefined }, { replace: true });

  createTitle(() => page().title);

  return (
    <main class="sheet">
      <Bar
        back={pagesPath(page().community)}
        backLabel="Back to the pages"
        title={<span class="record">{page().title}</span>}
        topic={<Topic page={page()} waiting={open()?.waiting() ?? "nothing"} />}
      >
        <span class="seats not-phone">
          <For each={others().slice(0, 4)}>
            {(person) => <Seat id={person} name={local.profile(person).name} size={1.75} />}
          </For>
        </span>
        <Button kind="plain" class="not-phone" icon={History} onClick={() => setHistory(true)}>
          History
        </Button>
        <Tool
          label={`What can be done with ${page().title}`}
          icon={Ellipsis}
          aria-haspopup="menu"
          onClick={(event) => setMenuAt(event.currentTarget)}
        />
        <Switch>
          <Match when={editing()}>
            <Button kind="first" onClick={() => edit(false)}>
              Done
            </Button>
          </Match>
          <Match when={may()}>
            <Button icon={Pencil} onClick={() => edit(true)}>
              Edit
            </Button>
          </Match>
        </Switch>
      </Bar>
      <MutedNotice
        community={page().community}
        action="page.edit"
        target={{ place: "page", shared: page().kind === "wiki" }}
      />
      <Switch fallback={<Reading body={body()} page={page()} others={others()} isThere={isThere()} />}>
        <Match when={editing() && open()} keyed>
          {(opened) => (
            <PageEditor
              open={opened}
              page={page()}
              head={<Head page={page()} others={others()} />}
              shelf={<Offline />}
              ref={setEditor}
            />
          )}
        </Match>
      </Switch>
      <Show when={menuAt()} keyed>
        {(at) => (
          <PageMenu
            page={page()}
            body={body()}
            at={at}
            onHistory={() => setHistory(true)}
            onClose={() => setMenuAt(undefined)}
          />
        )}
      </Show>
      <Show when={history()}>
        <PageHistory
          page={page()}
          now={body()}
          editor={editing() ? editor() : undefined}
          onEdit={() => edit(true)}
          onClose={() => setHistory(false)}
        />
      </Show>
    </main>
  );

  function isThere(): boolean {
    const state = open()?.state();
    return state === "synced" || state === "stored";
  }
}

function Topic(props: { readonly page: MirroredPage; readonly waiting: "nothing" | "keeping" | "kept" }): JSX.Element {
  const local = useLocal();
  const place = () => {
    const channel = props.page.channel && local.channel(props.page.channel);
    if (channel !== undefined) return `${props.page.pinned ? "pinned in" : "in"} ${channel.name}`;
    return { post: props.page.pinned ? "pinned" : "page", guidelines: "guidelines", wiki: "wiki" }[props.page.kind];
  };
  return (
    <Switch fallback={place()}>
      <Match when={props.waiting === "kept"}>changes on this device</Match>
      <Match when={props.waiting === "keeping"}>being kept</Match>
    </Switch>
  );
}

interface ReadingProps {
  readonly page: MirroredPage;
  readonly body: PageBody;
  readonly others: readonly MemberId[];
  readonly isThere: boolean;
}

const Reading = (props: ReadingProps): JSX.Element => (
  <div class="scroll" tabindex="0" role="region" aria-label="Page">
    <div class="page-grid">
      <Outline body={props.body} />
      <article class="prose">
        <Head page={props.page} others={props.others} />
        <Show
          when={props.body.content.length > 0}
          fallback={
            <p class="muted">
              {props.isThere
                ? "Nothing stands here yet."
                : "This page is not on this device yet. It comes when you are online."}
            </p>
          }
        >
          <Prose body={props.body} />
        </Show>
      </article>
    </div>
  </div>
);

function Head(props: { readonly page: MirroredPage; readonly others: readonly MemberId[] }): JSX.Element {
  const local = useLocal();
  const names = () => props.others.map((person) => local.profile(person).name).filter(Boolean);
  const community = () => local.communities().find(({ id }) => id === props.page.community);

  return (
    <>
      <h1 dir="auto">{props.page.title}</h1>
      <p class="by note muted" role="status">
        <Show
          when={names().length > 0}
          fallback={
            <a href={communityPath(props.page.community)} class="muted">
              <bdi>{community()?.name}</bdi>
            </a>
          }
        >
          {listed(names())} {names().length === 1 ? "is" : "are"} editing now.
        </Show>
      </p>
    </>
  );
}

const listed = (names: readonly string[]): string => new Intl.ListFormat("en", { type: "conjunction" }).format(names);
