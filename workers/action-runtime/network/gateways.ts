import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NetworkAccess } from "@/lib/actions/network";
import { Gateway, type Refused } from "./gateway";
import { reachableByEnvironment } from "./reachable";

/** Opens a gateway for each sandbox that may reach something. */
export class Gateways {
  /** Not in the state folder, whose path may be too long for a socket's. */
  private folder: string | undefined;
  private readonly reachable = reachableByEnvironment();

  open(access: NetworkAccess, owner: number | null, refused: Refused): Promise<Gateway> {
    if (!this.folder) {
      this.folder = mkdtempSync(join(tmpdir(), "millrace-net-"));
      // Sandboxes' users get through to a socket whose name they are told, and see no other.
      chmodSync(this.folder, 0o711);
    }
    const socketPath = join(this.folder, `${randomUUID()}.sock`);
    return Gateway.open({ socketPath, access, reachable: this.reachable, refused, owner });
  }

  close(): void {
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}
