import type { RouteSectionProps } from "@solidjs/router";

import { SettingsList } from "./SettingsList.tsx";

/** Oneself: the list of settings, and the page that is open. */
export const SettingsPlace = (props: RouteSectionProps) => (
  <>
    <SettingsList />
    {props.children}
  </>
);
