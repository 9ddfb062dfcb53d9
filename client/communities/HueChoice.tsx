import Check from "lucide-solid/icons/check";
import { createUniqueId, For } from "solid-js";

import { Icon } from "#client/ui/Icon.tsx";

import { hues } from "./hues.ts";

interface Props {
  readonly value: number;
  readonly onChange: (hue: number) => void;
}

/** The one colour that a community chooses. */
export function HueChoice(props: Props) {
  const name = createUniqueId();
  // A hue that was set elsewhere stays choosable.
  const offered = () =>
    hues.some(({ hue }) => hue === props.value) ? hues : [...hues, { hue: props.value, name: "the present one" }];

  return (
    <fieldset>
      <legend class="font-firm mb-1">Colour</legend>
      <div class="hues">
        <For each={offered()}>
          {({ hue, name: label }) => (
            <label data-community style={{ "--community-hue": hue }} title={label}>
              <input
                type="radio"
                name={name}
                checked={props.value === hue}
                onChange={() => props.onChange(hue)}
                aria-label={label}
              />
              <span class="hue" aria-hidden="true">
                <Icon of={Check} size="small" />
              </span>
            </label>
          )}
        </For>
      </div>
      <p class="hint">Every hue stays readable, by day, by night and in high contrast.</p>
    </fieldset>
  );
}
