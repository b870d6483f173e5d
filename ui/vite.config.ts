import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// `--mode mock` serves the same pages over an invented vault (src/mock); the real build never names it.
export default defineConfig(({ mode }) => ({
  plugins: [
    svelte(),
    {
      name: "usher-mock-entry",
      transformIndexHtml: {
        order: "pre" as const,
        handler: (html: string) =>
          mode === "mock" ? html.replace("/src/main.ts", "/src/mock/main.ts") : html,
      },
    },
  ],
  build: {
    target: "safari16",
    outDir: mode === "mock" ? "dist-mock.local" : "dist",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
  },
  server: { port: 5173, strictPort: true },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
}));
