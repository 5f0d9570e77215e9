import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findProgram } from "../program";

const run = promisify(execFile);

/**
 * Lets a sandbox, which has no rights over its own network, listen on the ports below 1024 of its loopback: those of
 * names and of the web. Only root can have that; without it programs that a handler starts find less.
 */
export async function openLowPorts(innerPid: number | null): Promise<void> {
  const nsenter = findProgram("nsenter");
  if (innerPid === null || !nsenter) return;
  const open = "echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start";
  await run(nsenter, [`--net=/proc/${innerPid}/ns/net`, "/bin/sh", "-c", open], { timeout: 2_000 }).catch(() => {});
}
