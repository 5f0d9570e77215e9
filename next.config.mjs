import { readdirSync } from "node:fs";

/**
 * swagger-ui's ApiDOM assigns to its classes in modules that Turbopack drops from the ES build as free of side effects
 * (vercel/next.js issue 86507); in the CommonJS build they stay.
 */
function apidomAliases() {
  const scope = "node_modules/@swagger-api";
  const names = readdirSync(new URL(scope, import.meta.url)).filter((name) => /^apidom-(core|ns-.*)$/.test(name));
  return Object.fromEntries(names.map((name) => [`@swagger-api/${name}`, `./${scope}/${name}/src/index.cjs`]));
}

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // A trailing slash makes no difference to users' endpoints, and a redirect would lose a POST body.
  skipTrailingSlashRedirect: true,
  // `npm run check` holds the types; the build that a first start waits for does not do it again.
  typescript: { ignoreBuildErrors: true },
  turbopack: { resolveAlias: apidomAliases() },
  // Where Ryax's callers ask for results: older and newer paths of theirs.
  rewrites: async () => [
    { source: "/runner/run-results/:run", destination: "/runner/results/:run" },
    { source: "/api/runner/results/:run", destination: "/runner/results/:run" },
    { source: "/api/runner/run-results/:run", destination: "/runner/results/:run" },
  ],
  // gRPC and native modules must be loaded from node_modules, not bundled.
  serverExternalPackages: [
    "@aws-sdk/client-s3",
    "@aws-sdk/lib-storage",
    "@fastify/busboy",
    "@node-rs/argon2",
    "@temporalio/client",
    "@temporalio/common",
    "@temporalio/proto",
    "drizzle-orm",
    "pino",
    "pg",
    "rate-limiter-flexible",
    "yauzl",
    "yazl",
  ],
};

export default config;
