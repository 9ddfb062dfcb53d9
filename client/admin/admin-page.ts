import type { LucideIcon } from "lucide-solid";
import type { Component } from "solid-js";

export interface OpenPage {
  /** What of it is open, as the address says. */
  readonly open: string | undefined;
}

export interface AdminPage {
  /** Its address, below that of the administration. */
  readonly name: string;
  readonly icon: LucideIcon;
  readonly label: string;
  readonly page: Component<OpenPage>;
  /** The heading that it begins. */
  readonly under?: string;
  /** Whether it can be worked at without the server. */
  readonly offline?: true;
}
