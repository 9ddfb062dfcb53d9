/** The hues offered for a community. Any of 360 keeps every text readable; eight are enough to choose from. */
export const hues = [
  { hue: 158, name: "green" },
  { hue: 190, name: "teal" },
  { hue: 250, name: "blue" },
  { hue: 290, name: "violet" },
  { hue: 330, name: "rose" },
  { hue: 28, name: "red" },
  { hue: 70, name: "ochre" },
  { hue: 110, name: "lime" },
] as const;
