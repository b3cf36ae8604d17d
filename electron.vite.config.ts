/**
 * The three bundles of Descent: the host (`out/main`), the preload bridge (`out/preload`) and the window (`out/renderer`).
 *
 * `out/main` is flat: a chunk finds the trainer's entry as `./trainer.js` beside itself (src/main/training/spawn.ts), the device probe's and the augmenting thread's and the runner's of data sets as code.
 * The launcher builds into a scratch folder named by DESCENT_OUT and renames it to `out`, so that nothing reads half a build.
 */
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const root = import.meta.dirname;
const out = resolve(root, process.env["DESCENT_OUT"] ?? "out");

export default defineConfig({
  main: {
    build: {
      outDir: resolve(out, "main"),
      target: "node22",
      sourcemap: true,
      rolldownOptions: {
        input: {
          electron: resolve(root, "src/main/hosts/electron/main.ts"),
          cli: resolve(root, "src/main/hosts/cli/main.ts"),
          trainer: resolve(root, "src/main/training/trainer.ts"),
          moduleRunner: resolve(root, "src/main/data/code/runner.ts"),
          augmentWorker: resolve(root, "src/main/engine/augmentWorker.ts"),
          tuningWorker: resolve(root, "src/main/tuning/tuningWorker.ts"),
          deviceProbe: resolve(root, "src/main/engine/devices/probe.ts"),
        },
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(out, "preload"),
      // A sandboxed preload script is CommonJS and can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { bridge: resolve(root, "src/preload/bridge.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: resolve(root, "src/renderer"),
    base: "/",
    plugins: [react()],
    build: {
      outDir: resolve(out, "renderer"),
      emptyOutDir: true,
      minify: true,
      // The policy allows fonts and styles from files only, so nothing is inlined as a data: address.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: resolve(root, "src/renderer/index.html") },
    },
  },
});
