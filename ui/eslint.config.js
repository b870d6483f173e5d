import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const tauri = { group: ["@tauri-apps/*"], message: "Only lib/api talks to Rust." };
const gen = { group: ["**/api/gen"], importNamePattern: "^(commands|events)$", message: "Call lib/api/commands instead." };
const up = (from) => ({ group: [`**/${from}/**`], message: "This layer does not know that one." });

export default ts.config(
  { ignores: ["dist", "*.local", "node_modules", "src/lib/api/gen.ts"] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true }],
      "svelte/no-at-html-tags": "error",
      "svelte/require-each-key": "error",
      // Sets and maps are replaced whole, in $state.raw, or are no state at all.
      "svelte/prefer-svelte-reactivity": "off",
      "no-restricted-imports": ["error", { patterns: [tauri, gen] }],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { "prefer-const": "off" },
  },
  { files: ["src/lib/api/**"], rules: { "no-restricted-imports": "off" } },
  { files: ["src/lib/!(api)/**"], rules: { "no-restricted-imports": ["error", { patterns: [tauri, gen, up("components"), up("views")] }] } },
  {
    files: ["src/components/shared/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [tauri, gen, up("views"), { regex: "^\\.\\./(?!\\.\\./lib/words/)", message: "shared imports only itself and words." }] }],
    },
  },
  { files: ["src/mock/**"], rules: { "no-restricted-imports": "off", "@typescript-eslint/no-non-null-assertion": "off" } },
);
