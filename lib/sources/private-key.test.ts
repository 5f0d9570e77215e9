import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { privateKeyProblem } from "./private-key";

function madeKey(...args: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-key-"));
  try {
    execFileSync("ssh-keygen", ["-q", "-f", join(folder, "key"), ...args], { stdio: "pipe" });
    return readFileSync(join(folder, "key"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kinds: [string, string[]][] = [
  ["OpenSSH's", ["-t", "ed25519"]],
  ["PEM", ["-t", "rsa", "-b", "2048", "-m", "PEM"]],
  ["PKCS #8", ["-t", "ecdsa", "-m", "PKCS8"]],
];

it.each(kinds)("a key in %s form is fine without a passphrase, and told to have one", (_, args) => {
  expect(privateKeyProblem(madeKey(...args, "-N", ""))).toBeUndefined();
  expect(privateKeyProblem(madeKey(...args, "-N", "open sesame"))).toMatch(/passphrase/);
});

it.each(["", "ssh-ed25519 AAAA ada@laptop", "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----"])(
  "“%s” is none",
  (text) => expect(privateKeyProblem(text)).toMatch(/no private key/),
);
