import * as z from "zod/mini";

const KEY = "folkmoot.appearance";

export const themes = ["system", "light", "dark", "contrast"] as const;

const appearance = z.object({
  theme: z._default(z.enum(themes), "system"),
  density: z._default(z.enum(["roomy", "compact"]), "roomy"),
  lessMotion: z._default(z.boolean(), false),
  sendWithEnter: z._default(z.boolean(), true),
});

/** How this device shows things. It belongs to the device, not to the account: a phone in the sun is no desk at night. */
export type Appearance = z.infer<typeof appearance>;
export type Theme = Appearance["theme"];

/** What was chosen on this device; what cannot be read counts as not chosen. */
export function readAppearance(): Appearance {
  const read = appearance.safeParse(storedJson());
  return read.success ? read.data : appearance.parse({});
}

/** Keeps a choice and shows it at once. A browser that keeps nothing shows it until the page is closed. */
export function keepAppearance(chosen: Appearance): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Nothing can be kept here: the choice holds until the page is closed.
  }
  applyAppearance(chosen);
}

/** Sets the attributes that the tokens read. Called before the first paint, so that nobody is blinded at night. */
export function applyAppearance(chosen: Appearance): void {
  const { dataset } = document.documentElement;
  put(dataset, "theme", themeAttribute(chosen.theme));
  put(dataset, "density", chosen.density === "compact" ? "compact" : undefined);
  put(dataset, "motion", chosen.lessMotion ? "less" : undefined);
}

function put(dataset: DOMStringMap, name: string, value: string | undefined): void {
  if (value === undefined) delete dataset[name];
  else dataset[name] = value;
}

/** Without the attribute the system decides; high contrast comes by day and by night. */
function themeAttribute(theme: Theme): string | undefined {
  if (theme === "system") return undefined;
  if (theme !== "contrast") return theme;
  return prefersDark() ? "dark-contrast" : "light-contrast";
}

const prefersDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

function storedJson(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
