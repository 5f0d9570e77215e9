import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NetworkAccess } from "@/lib/actions/network";
import type { Refused } from "./connect-proxy";
import { Gateway } from "./gateway";
import { reachableByEnvironment } from "./reachable";
import { ReversedGateway } from "./reversed-gateway";
import { ServiceDoor } from "./service-door";

/** Opens a gateway for each sandbox that may reach something. */
export class Gateways {
  /** Not in the state folder, whose path may be too long for a socket's. */
  private folder: string | undefined;
  private readonly reachable = reachableByEnvironment();

  open(access: NetworkAccess, owner: number | null, refused: Refused): Promise<Gateway> {
    const socketPath = join(this.place(), `${randomUUID()}.sock`);
    return Gateway.open({ socketPath, access, reachable: this.reachable, refused, owner });
  }

  reverse(access: NetworkAccess, owner: number | null, refused: Refused): ReversedGateway {
    const folder = join(this.place(), randomUUID());
    return new ReversedGateway(folder, owner, { access, reachable: this.reachable, refused });
  }

  /** The way in, to a process that serves. */
  door(owner: number | null): Promise<ServiceDoor> {
    return ServiceDoor.open(this.place(), owner);
  }

  private place(): string {
    if (!this.folder) {
      this.folder = mkdtempSync(join(tmpdir(), "millrace-net-"));
      // Sandboxes' users get through to a socket whose name they are told, and see no other.
      chmodSync(this.folder, 0o711);
    }
    return this.folder;
  }

  close(): void {
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}
