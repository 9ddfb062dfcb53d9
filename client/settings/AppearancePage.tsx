import { Segments } from "#client/ui/Segments.tsx";
import { Switch } from "#client/ui/Switch.tsx";

import { createAppearance } from "./create-appearance.ts";
import { Setting } from "#client/ui/Setting.tsx";
import { SettingsSheet } from "./SettingsSheet.tsx";
import { ThemeChoice } from "./ThemeChoice.tsx";

export function AppearancePage() {
  const { chosen, choose } = createAppearance();

  return (
    <SettingsSheet title="Appearance" topic="on this device">
      <section class="stack">
        <h2 class="title">Light and dark</h2>
        <ThemeChoice value={chosen.theme} onChange={(theme) => choose({ theme })} />
      </section>
      <section class="stack">
        <h2 class="title">Reading and writing</h2>
        <div>
          <Setting title="Density" note="How far apart voices stand in a channel.">
            <Segments
              label="Density"
              value={chosen.density}
              options={[
                { value: "roomy", label: "Roomy" },
                { value: "compact", label: "Compact" },
              ]}
              onChange={(density) => choose({ density })}
            />
          </Setting>
          <Setting title="Less motion" note="Also follows your system.">
            <Switch label="Less motion" on={chosen.lessMotion} onChange={(lessMotion) => choose({ lessMotion })} />
          </Setting>
          <Setting title="Send with Enter" note="Otherwise Enter starts a line, and Ctrl Enter sends.">
            <Switch
              label="Send with Enter"
              on={chosen.sendWithEnter}
              onChange={(sendWithEnter) => choose({ sendWithEnter })}
            />
          </Setting>
        </div>
      </section>
    </SettingsSheet>
  );
}
