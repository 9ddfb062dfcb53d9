const KEY = "folkmoot.last-place";

type Places = Readonly<Record<string, string>>;

/** Which channel was open last in each community; the community of the last one is the last key. */
function read(): Places {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof value === "object" && value !== null ? (value as Places) : {};
  } catch {
    return {};
  }
}

export const lastChannelIn = (community: string): string | undefined => read()[community];
export const lastCommunity = (): string | undefined => Object.keys(read()).at(-1);

/** A convenience of this device. */
export function rememberChannel(community: string, channel: string): void {
  const { [community]: _, ...others } = read();
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...others, [community]: channel }));
  } catch {
    // A browser that keeps nothing: the first channel opens instead.
  }
}
