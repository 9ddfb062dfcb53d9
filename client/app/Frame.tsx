import { useCurrentMatches, useLocation, type RouteSectionProps } from "@solidjs/router";
import {
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  on,
  onCleanup,
  Show,
  Suspense,
  type JSX,
} from "solid-js";

import { useLocal } from "#client/sync/use-local.ts";
import { createFrame, FrameContext } from "#client/ui/frame.ts";
import { later } from "#client/ui/later.tsx";

import { Broken } from "./Broken.tsx";
import { createKeys } from "./create-keys.ts";
import { Rail } from "./Rail.tsx";
import { Spoken } from "./Spoken.tsx";
import { TabBar } from "./TabBar.tsx";

const Palette = later(async () => (await import("./Palette.tsx")).Palette);
const KeyMap = later(async () => (await import("./KeyMap.tsx")).KeyMap);

/** Rail, list, sheet, aside: what stays while one goes from place to place. */
export function Frame(props: RouteSectionProps): JSX.Element {
  const location = useLocation();
  const matches = useCurrentMatches();
  const frame = createFrame();
  const [over, setOver] = createSignal<"palette" | "keys">();
  // On a phone an address shows either the list or the sheet; the routes say which.
  const view = createMemo(() => (matches().at(-1)?.route.info?.["view"] === "list" ? "list" : "sheet"));

  createKeys({
    onPalette: () => setOver("palette"),
    onKeys: () => setOver("keys"),
    onEscape: () => frame.openList(false),
  });
  createEffect(
    on(
      () => location.pathname,
      () => frame.openList(false),
    ),
  );
  createHue();

  return (
    <FrameContext.Provider value={frame}>
      <div class="app" data-view={view()} data-list={frame.listOpen() ? "open" : undefined}>
        <Rail />
        <Show when={frame.listOpen()}>
          <div class="scrim only-narrow" onClick={() => frame.openList(false)} />
        </Show>
        <ErrorBoundary fallback={(cause: unknown, reset) => <Broken cause={cause} onReset={reset} />}>
          <Suspense>{props.children}</Suspense>
        </ErrorBoundary>
        <TabBar />
      </div>
      <Spoken />
      <Show when={over() === "palette"}>
        <Palette onClose={() => setOver(undefined)} />
      </Show>
      <Show when={over() === "keys"}>
        <KeyMap onClose={() => setOver(undefined)} />
      </Show>
    </FrameContext.Provider>
  );
}

/** The whole page takes the hue of the community that one is in, with everything that floats above it. */
function createHue(): void {
  const local = useLocal();
  const location = useLocation();
  const root = document.documentElement.style;
  const community = () => local.communities().find(({ id }) => location.pathname.startsWith(`/c/${id}`));

  createEffect(() => {
    const hue = community()?.hue;
    if (hue === undefined) root.removeProperty("--community-hue");
    else root.setProperty("--community-hue", String(hue));
  });
  onCleanup(() => root.removeProperty("--community-hue"));
}
