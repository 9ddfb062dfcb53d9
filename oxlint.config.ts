import { readdirSync } from "node:fs";
import { join } from "node:path";

import { defineConfig, type OxlintOverride } from "oxlint";

type Side = "server" | "client";

/** What `folder` may import of ours: `shared`, itself and what lies `below` it. */
const layer = (side: Side, folder: string, ...below: readonly string[]): OxlintOverride => {
  const allowed = new Set([folder, ...below]);
  const forbidden = foldersOf(side).filter((name) => !allowed.has(name));
  const other = side === "server" ? "client" : "server";
  return {
    files: [`${side}/${folder}/**`],
    excludeFiles: TESTS,
    rules: refuse(
      `^#(${other}|tests)/|^#${side}/(${forbidden.join("|")})/|${COMPOSITION_ROOT}`,
      `${side}/${folder} may import of ours only ${["shared", ...below.map((name) => `${side}/${name}`)].join(", ")}.`,
    ),
  };
};

// A pattern rather than a glob, whose star would stop at a slash.
const refuse = (regex: string, message: string): NonNullable<OxlintOverride["rules"]> => ({
  "no-restricted-imports": ["error", { patterns: [{ regex, message }, OUT_OF_FOLDER] }],
});

// A file of the folder above, within the same layer, is no other folder.
const OUT_OF_FOLDER = {
  regex: String.raw`^\.\./(.*/|(main|worker|config|settings|secrets|paths)\.)`,
  message: "Name another folder from the top: #server/…, #client/…, #shared/…",
};

const COMPOSITION_ROOT = "^#server/[^/]+$|^#client/main";

const TESTS = ["**/*.test.ts", "**/*.test.tsx"];

const foldersOf = (side: Side): readonly string[] =>
  readdirSync(join(import.meta.dirname, side), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const FOUNDATION = ["cases", "documents", "gate", "audit", "database", "observability"];
const FEATURES = ["auth", "communities", "conversations", "messages", "search", "import", "installation", "reports"];
const CLIENT_FOUNDATION = ["sync", "storage", "api", "ui"];
/** What is done to keep order, from wherever one meets a message or a person. */
const CLIENT_ORDER = "order";
const CLIENT_FEATURES = [
  "account",
  "admin",
  "channels",
  "communities",
  "conversations",
  "members",
  "messages",
  "moderation",
  "pages",
  "reports",
  "search",
  "settings",
];

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise"],
  jsPlugins: ["eslint-plugin-solid"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  options: { typeAware: true },
  ignorePatterns: ["dist/**", "examples/**"],
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": ["error", { checksVoidReturn: { attributes: false, arguments: false } }],
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "typescript/consistent-type-imports": "error",
    "import/no-default-export": "error",
    "import/no-cycle": "error",
    "no-console": "error",
    "no-warning-comments": "error",
    "max-lines": ["error", { max: 250 }],
    eqeqeq: "error",
    // Journals, migrations and frames are taken in order, one after the other.
    "no-await-in-loop": "off",
    // Side effects at the top of a module are style sheets and fonts.
    "import/no-unassigned-import": "off",
    "import/no-named-as-default-member": "off",
    "no-shadow": "off",
    "no-underscore-dangle": "off",
    // An element's `ref` is assigned by the compiler of Solid.
    "no-unassigned-vars": "off",
    "oxc/no-map-spread": "off",
    "promise/always-return": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/no-array-sort": "off",
    "typescript/consistent-return": "off",
    // Our objects are records of functions, none of which knows a `this`.
    "typescript/unbound-method": "off",
    // What comes out of PostgreSQL, JSON and Yjs is given its type where it is read.
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/no-unsafe-enum-comparison": "off",
    "typescript/no-unsafe-enum-assignment": "off",
    // Text is taken apart by code points on purpose.
    "typescript/no-misused-spread": "off",
  },
  overrides: [
    { files: ["*.config.ts", "tests/**"], rules: { "import/no-default-export": "off" } },
    // The rules of the gate stand side by side, each with its test.
    { files: ["**/*.test.ts"], rules: { "max-lines": ["error", { max: 320 }] } },
    {
      files: [
        "server/main.ts",
        "server/worker.ts",
        "server/commands/**",
        "server/startup/**",
        "scripts/**",
        "bench/**",
      ],
      rules: { "no-console": "off" },
    },
    {
      files: ["client/**/*.tsx", "client/**/*.ts"],
      rules: {
        "solid/components-return-once": "error",
        "solid/no-destructure": "error",
        "solid/no-innerhtml": "error",
        "solid/no-react-deps": "error",
        "solid/no-react-specific-props": "error",
        "solid/jsx-no-script-url": "error",
        "solid/jsx-no-duplicate-props": "error",
        "solid/prefer-for": "error",
      },
    },
    {
      files: ["shared/**"],
      excludeFiles: TESTS,
      rules: {
        "no-restricted-imports": [
          "error",
          {
            patterns: [
              {
                regex: "^#(server|client|tests)/|^node:",
                message: "shared imports nothing of either side, and nothing of Node.",
              },
            ],
          },
        ],
      },
    },
    layer("server", "database"),
    layer("server", "gate"),
    layer("server", "audit", "database"),
    layer("server", "observability"),
    layer("server", "documents", "gate", "audit", "database", "observability"),
    layer("server", "cases", "documents", "gate", "audit", "database", "observability"),
    // What is done about people is done to their memberships.
    layer("server", "moderation", "communities", ...FOUNDATION),
    layer("server", "projections", ...FOUNDATION),
    ...FEATURES.map((feature) => layer("server", feature, ...FOUNDATION)),
    ...["http", "sync", "jobs"].map((edge) =>
      layer("server", edge, ...FEATURES, "moderation", "projections", ...FOUNDATION),
    ),
    layer("client", "ui"),
    layer("client", "storage"),
    layer("client", "api"),
    layer("client", "sync", "storage", "api"),
    ...CLIENT_FEATURES.map((feature) => layer("client", feature, CLIENT_ORDER, ...CLIENT_FOUNDATION)),
    layer("client", CLIENT_ORDER, ...CLIENT_FOUNDATION),
    layer("client", "app", CLIENT_ORDER, ...CLIENT_FEATURES, ...CLIENT_FOUNDATION),
  ],
});
