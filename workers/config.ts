import { resolve } from "node:path";
import { z } from "zod";
import { env } from "@/lib/env";

const workerEnvironmentSchema = z.object({
  MILLRACE_RUNNERD_SOCKET: z.string().min(1),
  MILLRACE_WORKFLOW_BUNDLE: z.string().min(1),
  /** Says that the operator knows that actions are not kept apart, and wants them run all the same. */
  MILLRACE_ALLOW_UNSAFE_ACTIONS: z.stringbool().default(false),
  /** The address that the web listens on: beyond loopback, weak isolation is not enough. */
  HOST: z.string().default("127.0.0.1"),
  /** Where web processes reach this worker, `host` or `host:port`, where they are on other machines. */
  MILLRACE_WORKER_ADDRESS: z.string().default("127.0.0.1"),
});

export interface WorkerConfig {
  runnerdSocket: string;
  workflowBundle: string;
  allowUnsafeActions: boolean;
  isConfinedEnough: boolean;
  isLoopback: boolean;
  address: string;
  packagesRoot: string;
  depsRoot: string;
  cacheRoot: string;
  toolsRoot: string;
}

export function readConfig(): WorkerConfig {
  const own = workerEnvironmentSchema.parse(process.env);
  const home = resolve(env().MILLRACE_HOME);
  return {
    runnerdSocket: own.MILLRACE_RUNNERD_SOCKET,
    workflowBundle: own.MILLRACE_WORKFLOW_BUNDLE,
    allowUnsafeActions: own.MILLRACE_ALLOW_UNSAFE_ACTIONS,
    isConfinedEnough: env().MILLRACE_ALLOW_CONFINED_MULTI_TENANT,
    isLoopback: ["127.0.0.1", "::1", "localhost"].includes(own.HOST),
    address: own.MILLRACE_WORKER_ADDRESS,
    packagesRoot: resolve(home, "packages"),
    depsRoot: resolve(home, "deps"),
    cacheRoot: resolve(home, "cache"),
    toolsRoot: resolve(home, "tools"),
  };
}
