import { join } from "node:path";
import { inPrivateMounts, privateMountsVariable } from "@/workers/action-runtime/private-mounts";
import { SupervisedChild } from "./child";
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

/** runnerd gets nothing of ours: no secret, no database, no Temporal. */
function runnerdEnvironment(privateMounts: boolean): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, MILLRACE_SANDBOX_LEVEL } = process.env;
  return {
    NODE_ENV: "production",
    ...(PATH && { PATH }),
    ...(HOME && { HOME }),
    ...(LANG && { LANG }),
    ...(MILLRACE_SANDBOX_LEVEL && { MILLRACE_SANDBOX_LEVEL }),
    ...(privateMounts && { [privateMountsVariable]: "1" }),
  };
}

// Descriptors that the launcher itself inherited must not reach a sandbox.
const closeInherited = 'for n in 3 4 5 6 7 8 9; do eval "exec $n>&-"; done; exec "$@"';

function runnerdCommand(dist: string, args: string[]): { command: string; args: string[]; privateMounts: boolean } {
  const program = [process.execPath, join(dist, "runnerd.mjs"), ...args];
  const apart = inPrivateMounts(program);
  return {
    command: "/bin/sh",
    args: ["-c", closeInherited, "sh", ...(apart ?? program)],
    privateMounts: apart !== null,
  };
}

/** Starts runnerd, the worker and the web, each kept running. */
export function startProcesses(options: ProcessOptions): SupervisedChild[] {
  const { settings, logsDir, projectRoot } = options;
  const dist = join(projectRoot, "dist");
  const socket = join(settings.home, "run", "runnerd.sock");
  const runners = join(projectRoot, "workers", "action-runtime", "runners");
  const runnerd = runnerdCommand(dist, [
    socket,
    runners,
    join(settings.home, "packages"),
    join(settings.home, "deps"),
    join(settings.home, "blobs"),
  ]);
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
      env: runnerdEnvironment(runnerd.privateMounts),
      ipc: false,
    },
    {
      name: "worker",
      command: process.execPath,
      args: ["--enable-source-maps", join(dist, "worker.mjs")],
      env: { ...shared, MILLRACE_WORKFLOW_BUNDLE: options.workflowBundle },
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
