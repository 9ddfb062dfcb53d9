import { For, type JSX } from "solid-js";

import { Dialog } from "#client/ui/Dialog.tsx";

const groups = [
  {
    title: "Everywhere",
    keys: [
      ["Ctrl K", "Go to a channel or a person"],
      ["/", "Search"],
      ["Alt ↑ ↓", "Channel before, channel after"],
      ["Alt Shift ↑ ↓", "Unread channel before, after"],
      ["F6", "Next pane"],
      ["G C", "Conversations"],
      ["Esc", "Close, then the composer"],
      ["?", "This map"],
    ],
  },
  {
    title: "In the timeline",
    keys: [
      ["↑ ↓", "Message before, message after"],
      ["Home End", "First, newest"],
      ["N", "First new message"],
      ["R", "Reply"],
      ["E", "Edit"],
      ["+", "React"],
      ["S", "Save"],
      ["L", "Copy link"],
      ["Del", "Retract"],
      ["H", "Hide, for moderators"],
      ["Shift Esc", "Mark all as read"],
    ],
  },
  {
    title: "In the queue, for moderators",
    keys: [
      ["J K", "Next case, the one before"],
      ["X", "Mark it"],
      ["C", "Claim"],
      ["H", "Hide"],
      ["W", "Warn"],
      ["D", "Dismiss"],
      ["N", "Write a note"],
      ["U", "Undo"],
    ],
  },
  {
    title: "In the composer",
    keys: [
      ["Enter", "Send"],
      ["Shift Enter", "New line"],
      ["↑", "Edit my last message, when it is empty"],
      ["@", "Mention somebody"],
    ],
  },
] as const;

/** Every key that does something. */
export const KeyMap = (props: { readonly onClose: () => void }): JSX.Element => (
  <Dialog title="Keys" onClose={props.onClose}>
    <div class="key-groups" tabindex="0" role="group" aria-label="Keys">
      <For each={groups}>
        {(group) => (
          <section class="key-group">
            <h3 class="note muted">{group.title}</h3>
            <dl class="keys">
              <For each={group.keys}>
                {([keys, does]) => (
                  <div>
                    <dt>
                      <For each={keys.split(" ")}>{(key) => <kbd>{key}</kbd>}</For>
                    </dt>
                    <dd>{does}</dd>
                  </div>
                )}
              </For>
            </dl>
          </section>
        )}
      </For>
    </div>
  </Dialog>
);
