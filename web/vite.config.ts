import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  base: "/ui/",
  plugins: [svelte()],
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
  build: {
    outDir: "../gitops/server/static",
    emptyOutDir: true,
    // The first browsers with light-dark(); older targets would make Vite rewrite every colour.
    target: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    // The content security policy allows fonts from the service only, not from data: addresses.
    assetsInlineLimit: 0,
  },
});
