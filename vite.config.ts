import { join } from "node:path";

import tailwind from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import solid from "vite-plugin-solid";

/** The first browsers with `light-dark()`, which must reach them as it is written. */
const BROWSERS = ["chrome123", "firefox120", "safari17.5"];

export default defineConfig({
  root: join(import.meta.dirname, "client"),
  // Its modules one by one, so that what only pages need comes with them.
  resolve: {
    alias: [
      { find: /^yjs$/, replacement: "yjs/src/index.js" },
      // By its name comes one for browsers that we need not reach, in a wrapper for those who load two of them.
      { find: /^dexie$/, replacement: "dexie/dist/modern/dexie.mjs" },
      { find: "lib0/logging", replacement: join(import.meta.dirname, "client/storage/plain-log.ts") },
    ],
  },
  plugins: [
    solid(),
    tailwind(),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "worker",
      filename: "service-worker.ts",
      injectRegister: false,
      injectManifest: { globPatterns: ["**/*.{js,css,html,woff2,svg}"], maximumFileSizeToCacheInBytes: 4_000_000 },
      manifest: {
        id: "/",
        name: "Folkmoot",
        short_name: "Folkmoot",
        description: "Community talk that keeps working without a network.",
        start_url: "/",
        display: "standalone",
        background_color: "#16191d",
        theme_color: "#16191d",
        icons: [
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
          { src: "/icon-maskable.svg", sizes: "any", type: "image/svg+xml", purpose: "maskable" },
        ],
      },
    }),
  ],
  build: {
    outDir: join(import.meta.dirname, "dist"),
    emptyOutDir: true,
    // All of them know it.
    modulePreload: { polyfill: false },
    target: BROWSERS,
    cssTarget: BROWSERS,
    reportCompressedSize: false,
    // What the first page needs comes as one file: sixty small ones take longer, from the network and from the cache.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
});
