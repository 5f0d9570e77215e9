import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits as URL-safe text. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Tokens are long and random, so a plain digest is enough to keep them by; passwords are not (see `lib/accounts`). */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

export function sign(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(text).digest("base64url");
}

export function isSignature(key: Buffer, text: string, signature: string): boolean {
  const expected = Buffer.from(sign(key, text));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
