/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // A trailing slash makes no difference to users' endpoints, and a redirect would lose a POST body.
  skipTrailingSlashRedirect: true,
  // `npm run check` holds the types; the build that a first start waits for does not do it again.
  typescript: { ignoreBuildErrors: true },
  // gRPC and native modules must be loaded from node_modules, not bundled.
  serverExternalPackages: [
    "@temporalio/client",
    "@temporalio/common",
    "@node-rs/argon2",
    "pino",
    "postgres",
    "busboy",
    "yauzl",
    "yazl",
  ],
};

export default config;
