import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serverName } from "./handler";

export interface Certificate {
  certificate: string;
  key: string;
  /** The certificate in PEM form, which is its own authority. */
  pem: string;
}

/** A certificate for the servers of a test that nobody has signed but itself. `address`: where else they are. */
export function makeCertificate(folder: string, address = "127.0.0.1"): Certificate {
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", `subjectAltName=DNS:localhost,DNS:${serverName},IP:${address}`];
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate];
  execFileSync("openssl", [...args, ...subject], { stdio: "ignore" });
  return { certificate, key, pem: readFileSync(certificate, "utf8") };
}
