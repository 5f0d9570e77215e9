import { chmod, chown } from "node:fs/promises";
import type { Server } from "node:net";

/**
 * Has a server listen on a socket that one user may connect to.
 * @param owner the sandbox's user, where that is another one than this process's
 */
export async function listenAt(server: Server, path: string, owner: number | null): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(path, resolve);
  });
  await chmod(path, 0o600);
  if (owner !== null) await chown(path, owner, owner);
}
