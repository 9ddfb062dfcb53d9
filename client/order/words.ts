import type { Ground, Measure } from "#shared/entries/kinds/report.ts";

/** Why something is reported, in words. */
export const groundWords: Readonly<Record<Ground, string>> = {
  spam: "spam",
  unkind: "unkind",
  harmful: "harmful",
  private: "tells something private",
  "off-topic": "off topic",
  other: "something else",
};

/** What was done, told to the one it was done to. */
export const measureWords: Readonly<Record<Measure, string>> = {
  warn: "You were warned",
  mute: "You can only read for now",
  kick: "You were taken out",
  ban: "You are banned",
  hide: "A message of yours was hidden",
};

/** The same, lifted. */
export const liftedWords: Readonly<Record<Measure, string>> = {
  warn: "The warning was withdrawn",
  mute: "You can write again",
  kick: "Taking you out was withdrawn",
  ban: "The ban was lifted",
  hide: "Your message is shown again",
};
