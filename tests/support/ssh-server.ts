import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { freePort } from "@/lib/free-port.mjs";
import { serverName } from "./handler";
import type { ServerProcess } from "./servers";

export interface SshServer {
  /** Where who signs in finds themselves. */
  root: string;
  /** Inputs that sign in by key, and know the server's own. */
  basics: { host: string; port: number; username: string; private_key: string; host_key: string };
}

/** Starts OpenSSH with keys of its own: `ed25519`, `ecdsa`, and `rsa` with the passphrase “open sesame”. */
export async function startSsh(server: ServerProcess, sshd: string): Promise<SshServer> {
  const { folder } = server;
  const root = join(folder, "root");
  mkdirSync(root);
  const keygen = (name: string, ...args: string[]) =>
    execFileSync("ssh-keygen", ["-q", "-f", join(folder, name), ...args], { stdio: "pipe" }).toString();
  keygen("host", "-t", "ed25519", "-N", "");
  keygen("ed25519", "-t", "ed25519", "-N", "");
  keygen("rsa", "-t", "rsa", "-b", "2048", "-N", "open sesame");
  keygen("ecdsa", "-t", "ecdsa", "-N", "", "-m", "PEM");
  const authorized = ["ed25519", "rsa", "ecdsa"].map((name) => readFileSync(join(folder, `${name}.pub`), "utf8"));
  writeFileSync(join(folder, "authorized"), authorized.join(""));
  for (const path of [folder, join(folder, "authorized")]) chmodSync(path, 0o700);
  const port = await freePort();
  const settings = [
    ...[`Port ${port}`, "ListenAddress 127.0.0.1"],
    ...[`HostKey ${join(folder, "host")}`, `PidFile ${join(folder, "pid")}`],
    ...[`AuthorizedKeysFile ${join(folder, "authorized")}`, "UsePAM no", "StrictModes no", "PermitRootLogin yes"],
    ...[`Subsystem sftp internal-sftp -d ${root}`],
  ];
  writeFileSync(join(folder, "config"), settings.join("\n"));
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  await server.start(sshd, ["-D", "-e", "-f", join(folder, "config")], port);
  const basics = {
    host: serverName,
    port,
    username: userInfo().username,
    private_key: readFileSync(join(folder, "ed25519"), "utf8"),
    host_key: /SHA256:\S+/.exec(keygen("host", "-l"))?.[0] ?? "",
  };
  return { root, basics };
}
