import { createUniqueId, For } from "solid-js";

import type { Theme } from "#client/storage/appearance.ts";

interface Props {
  readonly value: Theme;
  readonly onChange: (theme: Theme) => void;
}

const options: readonly { readonly theme: Theme; readonly label: string; readonly look: string | undefined }[] = [
  { theme: "system", label: "As the system says", look: undefined },
  { theme: "light", label: "Light", look: "light" },
  { theme: "dark", label: "Dark", look: "dark" },
  { theme: "contrast", label: "High contrast", look: "light-contrast" },
];

/** Themes by what they look like. */
export function ThemeChoice(props: Props) {
  const name = createUniqueId();

  return (
    <fieldset>
      <legend class="hush">Theme</legend>
      <div class="themes">
        <For each={options}>
          {({ theme, label, look }) => (
            <label class="theme" classList={{ on: props.value === theme }}>
              <input type="radio" name={name} checked={props.value === theme} onChange={() => props.onChange(theme)} />
              <span class="look" data-theme={look} aria-hidden="true">
                <i />
              </span>
              <span class="called">{label}</span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
