import { defineConfig } from "vitest/config";

const generated = ["node_modules/**", ".next/**", "dist/**", ".millrace*/**"];

/** Unit tests lie beside their code; the others talk to a running instance (`MILLRACE_TEST_HOME`), each in its own project. */
function suite(name: string, include: string[], exclude: string[] = [], globalSetup: string[] = []) {
  return { extends: true as const, test: { name, include, exclude: [...generated, ...exclude], globalSetup } };
}

export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      suite("unit", ["**/*.test.ts"], ["tests/**"]),
      suite("integration", ["tests/integration/**/*.test.ts"]),
      suite("large", ["tests/large/**/*.test.ts"]),
      suite("api", ["tests/api/**/*.test.ts"]),
      suite("tenancy", ["tests/tenancy/**/*.test.ts"]),
      suite("catalogue", ["tests/catalogue/**/*.test.ts"]),
      suite("workflows", ["tests/workflows/**/*.test.ts"]),
      suite("sandbox", ["tests/sandbox/**/*.test.ts"], [], ["tests/support/compile-runnerd.ts"]),
      suite("limits", ["tests/limits/**/*.test.ts"], [], ["tests/support/compile-runnerd.ts"]),
      suite("survival", ["tests/survival/**/*.test.ts"]),
    ],
  },
});
