import MessageCircle from "lucide-solid/icons/message-circle";
import Megaphone from "lucide-solid/icons/megaphone";
import MessagesSquare from "lucide-solid/icons/messages-square";
import Plus from "lucide-solid/icons/plus";
import Search from "lucide-solid/icons/search";
import Settings from "lucide-solid/icons/settings";
import SquarePen from "lucide-solid/icons/square-pen";
import type { LucideIcon } from "lucide-solid";
import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, createUniqueId, For, Show, type JSX } from "solid-js";

import { DISCOVER, NEW_CONVERSATION, SEARCH, SETTINGS, talkPath } from "#client/paths.ts";
import type { Local } from "#client/sync/local.ts";
import { placeName } from "#client/sync/names.ts";
import { useLocal } from "#client/sync/use-local.ts";
import { Modal } from "#client/ui/Dialog.tsx";
import { Icon } from "#client/ui/Icon.tsx";

interface Goal {
  readonly name: string;
  readonly in: string;
  readonly icon: LucideIcon;
  readonly path: string;
}

const MOST = 12;

/** Goes to a place by a few letters of its name. */
export function Palette(props: { readonly onClose: () => void }): JSX.Element {
  const local = useLocal();
  const navigate = useNavigate();
  const id = createUniqueId();
  const [words, setWords] = createSignal("");
  const [active, setActive] = createSignal(0);
  const goals = createMemo(() => goalsOf(local));
  const found = createMemo(() => fitting(goals(), words()));

  const go = (goal: Goal | undefined) => {
    if (goal === undefined) return;
    props.onClose();
    navigate(goal.path);
  };

  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => setActive((now) => (now + 1) % Math.max(1, found().length)),
    ArrowUp: () => setActive((now) => (now + found().length - 1) % Math.max(1, found().length)),
    Enter: () => go(found()[active()]),
  };

  return (
    <Modal class="palette" label={`${id}-label`} onClose={props.onClose}>
      <label id={`${id}-label`} class="hush" for={`${id}-input`}>
        Go to
      </label>
      <input
        id={`${id}-input`}
        autofocus
        placeholder="Where to?"
        autocomplete="off"
        role="combobox"
        aria-expanded={found().length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={found().length > 0 ? `${id}-${active()}` : undefined}
        value={words()}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          const move = moves[event.key];
          if (move === undefined || event.isComposing) return;
          event.preventDefault();
          move();
        }}
      />
      <div class="found" id={id} role="listbox" aria-label="Found">
        <For each={found()}>
          {(goal, index) => (
            <div
              id={`${id}-${index()}`}
              role="option"
              class="option"
              classList={{ on: index() === active() }}
              aria-selected={index() === active()}
              on:pointerdown={(event) => {
                event.preventDefault();
                go(goal);
              }}
            >
              <Icon of={goal.icon} />
              <bdi class="clip">{goal.name}</bdi>
              <span class="far clip">{goal.in}</span>
            </div>
          )}
        </For>
      </div>
      <Show when={found().length === 0}>
        <p class="note muted px-5 py-3">
          Nothing by that name. Enter fewer letters, or look for messages with the search.
        </p>
      </Show>
      <footer>
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> move
        </span>
        <span>
          <kbd>↵</kbd> go
        </span>
        <span>
          <kbd>?</kbd> in a channel shows all keys
        </span>
      </footer>
    </Modal>
  );
}

function goalsOf(local: Local): readonly Goal[] {
  const channels = local.communities().flatMap((community) =>
    local.channelsOf(community.id).map((channel): Goal => {
      const icon = channel.kind === "broadcast" ? Megaphone : MessageCircle;
      return { name: channel.name, in: community.name, icon, path: talkPath(channel) };
    }),
  );
  const conversations = local.conversations().map((one): Goal => ({
    name: placeName(local, one),
    in: "Conversations",
    icon: MessagesSquare,
    path: talkPath(one),
  }));

  return [...channels, ...conversations, ...acts];
}

const acts: readonly Goal[] = [
  { name: "Search messages", in: "", icon: Search, path: SEARCH },
  { name: "Write to somebody", in: "", icon: SquarePen, path: NEW_CONVERSATION },
  { name: "Join or create a community", in: "", icon: Plus, path: DISCOVER },
  { name: "Settings", in: "", icon: Settings, path: SETTINGS },
];

/** Names that hold the letters, those that begin with them first; the letters may be spread as in `sp` for `support`. */
function fitting(goals: readonly Goal[], words: string): readonly Goal[] {
  const wanted = words.trim().toLowerCase();
  const rank = (goal: Goal): number => {
    const at = goal.name.toLowerCase().indexOf(wanted);
    return at === 0 ? 0 : at > 0 ? 1 : isSpread(wanted, goal.name.toLowerCase()) ? 2 : 3;
  };
  return goals
    .filter((goal) => rank(goal) < 3)
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
}

function isSpread(letters: string, name: string): boolean {
  let at = -1;
  return [...letters].every((letter) => (at = name.indexOf(letter, at + 1)) >= 0);
}
