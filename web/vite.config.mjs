// The page and the embedded chart, as files with hashed names that any static server can
// offer from any folder: no absolute address, nothing inline, no outside request.
import { defineConfig } from "vite";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "./",
  publicDir: here("public"),
  resolve: { alias: { "@": here("src"), "@land": here("../build/web-land") } },
  worker: { format: "es" },
  build: {
    outDir: here("../build/web"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
    rollupOptions: { input: { index: here("index.html"), embed: here("embed.html") } },
  },
});
