import { keyFor } from "@/lib/crypto/keys";
import { isSignature, sign } from "@/lib/crypto/tokens";

/** How a web process shows a worker that it may have a connection to one trigger. */
export const passHeader = "x-millrace-pass";
/** Clocks of two machines differ, and a pass is used at once. */
const validMs = 60_000;

/** What a worker knows one start of a trigger by. */
export function serviceName(workflowId: string, holder: string): string {
  return `${workflowId}.${holder}`;
}

export function passFor(name: string, now = Date.now()): string {
  const until = String(now + validMs);
  return `${until}.${sign(keyFor("service-passes"), `${name} ${until}`)}`;
}

export function isPass(name: string, pass: string, now = Date.now()): boolean {
  const [until = "", signature = ""] = pass.split(".", 2);
  return Number(until) > now && isSignature(keyFor("service-passes"), `${name} ${until}`, signature);
}
