import { join } from "node:path";
import { parseS3Url } from "@/lib/blobs/s3-url";
import { SupervisedChild } from "./child";
import { runnerdCommand } from "./runnerd-command";
import type { Settings } from "./settings";

export interface ProcessOptions {
  settings: Settings;
  logsDir: string;
  databaseUrl: string;
  temporalAddress: string;
  namespace: string;
  secret: string;
  workflowBundle: string;
  projectRoot: string;
}

function bucketEndpoint(): string[] {
  const url = process.env.BLOB_STORE_URL;
  if (!url?.startsWith("s3:")) return [];
  const { host, port, protocol } = new URL(parseS3Url(url).endpoint);
  return [port ? host : `${host}:${protocol === "http:" ? 80 : 443}`];
}

/** The platform's own services, which handlers with a network must not reach either. */
function guardedEndpoints({ databaseUrl, temporalAddress, settings }: ProcessOptions): string[] {
  const { hostname, port } = new URL(databaseUrl);
  const database = hostname ? [`${hostname}:${port || 5432}`] : [];
  return [...database, temporalAddress, `${settings.host}:${settings.port}`, ...bucketEndpoint()];
}

/** Starts runnerd, the worker and the web, each kept running. */
export function startProcesses(options: ProcessOptions): SupervisedChild[] {
  const { settings, logsDir, projectRoot } = options;
  const dist = join(projectRoot, "dist");
  const socket = join(settings.home, "run", "runnerd.sock");
  const runners = join(projectRoot, "workers", "action-runtime", "runners");
  const stores = ["packages", "deps", "blobs"].map((name) => join(settings.home, name));
  const guarded = guardedEndpoints(options);
  const runnerd = runnerdCommand(dist, [socket, runners, ...stores], guarded);
  const shared: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: options.databaseUrl,
    TEMPORAL_ADDRESS: options.temporalAddress,
    TEMPORAL_NAMESPACE: options.namespace,
    MILLRACE_SECRET: options.secret,
    MILLRACE_HOME: settings.home,
    MILLRACE_PUBLIC_URL: settings.publicUrl,
    MILLRACE_RUNNERD_SOCKET: socket,
    HOST: settings.host,
    PORT: String(settings.port),
  };
  const specs = [
    {
      name: "runnerd",
      command: runnerd.command,
      args: runnerd.args,
      env: runnerd.environment,
      ipc: false,
    },
    {
      name: "worker",
      command: process.execPath,
      args: ["--enable-source-maps", join(dist, "worker.mjs")],
      env: {
        ...shared,
        MILLRACE_WORKFLOW_BUNDLE: options.workflowBundle,
        MILLRACE_GUARDED_ENDPOINTS: guarded.join(","),
      },
      ipc: true,
    },
    { name: "web", command: process.execPath, args: [join(dist, "web.mjs")], env: shared, ipc: true },
  ];
  return specs.map((spec) => {
    const child = new SupervisedChild({ ...spec, cwd: projectRoot, stopSignal: "SIGTERM" }, logsDir);
    child.start();
    return child;
  });
}
