import { createHmac, timingSafeEqual } from "node:crypto";
import type { Verification, WebhookSettings } from "./settings";

/** What came, byte by byte: signatures are over exactly that. */
export interface Delivery {
  method: string;
  /** As its sender was told it. */
  url: string;
  headers: Headers;
  body: Buffer;
}

/** Signed times that are further off than this may be replays of what somebody has overheard. */
const toleranceSeconds = 300;

type Signing = Pick<WebhookSettings, "signatureHeader" | "signaturePrefix" | "algorithm" | "encoding">;
/** @returns why the delivery cannot be the sender's, or null */
type Check = (delivery: Delivery, secret: string, nowSeconds: number, signing: Signing) => string | null;

export function isSame(left: string | Buffer, right: string | Buffer): boolean {
  const [a, b] = [Buffer.from(left as string), Buffer.from(right as string)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const mac = (algorithm: string, secret: string | Buffer, ...parts: (string | Buffer)[]) =>
  parts.reduce((hmac, part) => hmac.update(part), createHmac(algorithm, secret)).digest();

const missing = (header: string) => `The header ${header} is missing.`;
const wrong = "The signature is not that of the body with this secret.";

function staleness(text: string, nowSeconds: number): string | null {
  const off = Math.abs(nowSeconds - Number(text));
  return off <= toleranceSeconds ? null : "It was signed too long ago, or by a clock that is wrong.";
}

const github: Check = ({ headers, body }, secret) => {
  const given = headers.get("x-hub-signature-256");
  if (!given) return missing("X-Hub-Signature-256");
  return isSame(given, `sha256=${mac("sha256", secret, body).toString("hex")}`) ? null : wrong;
};

const gitlab: Check = ({ headers }, secret) => {
  const given = headers.get("x-gitlab-token");
  if (!given) return missing("X-Gitlab-Token");
  return isSame(given, secret) ? null : "The token is not the secret.";
};

const stripe: Check = ({ headers, body }, secret, now) => {
  const header = headers.get("stripe-signature");
  if (!header) return missing("Stripe-Signature");
  const parts = header.split(",").map((part) => part.trim().split("=", 2));
  const at = parts.find(([name]) => name === "t")?.[1] ?? "";
  const expected = mac("sha256", secret, `${at}.`, body).toString("hex");
  // While a secret is changed there is a signature for each.
  if (!parts.some(([name, value]) => name === "v1" && isSame(value ?? "", expected))) return wrong;
  return staleness(at, now);
};

const slack: Check = ({ headers, body }, secret, now) => {
  const given = headers.get("x-slack-signature");
  const at = headers.get("x-slack-request-timestamp");
  if (!given || !at) return missing(given ? "X-Slack-Request-Timestamp" : "X-Slack-Signature");
  if (!isSame(given, `v0=${mac("sha256", secret, `v0:${at}:`, body).toString("hex")}`)) return wrong;
  return staleness(at, now);
};

/** https://www.standardwebhooks.com, under either of the prefixes that its headers have. */
const standard: Check = ({ headers, body }, secret, now) => {
  const header = (name: string) => headers.get(`webhook-${name}`) ?? headers.get(`svix-${name}`);
  const [id, at, given] = [header("id"), header("timestamp"), header("signature")];
  if (!id || !at || !given) return missing("webhook-id, webhook-timestamp or webhook-signature");
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = `v1,${mac("sha256", key, `${id}.${at}.`, body).toString("base64")}`;
  return given.split(" ").some((one) => isSame(one, expected)) ? staleness(at, now) : wrong;
};

/** HubSpot signs the address with these characters as they are, however they are written in it. */
const hubspotPlain = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

/** The third version of HubSpot's signatures, whose time is in milliseconds. */
const hubspot: Check = ({ method, url, headers, body }, secret, now) => {
  const given = headers.get("x-hubspot-signature-v3");
  const at = headers.get("x-hubspot-request-timestamp");
  if (!given || !at) return missing(given ? "X-HubSpot-Request-Timestamp" : "X-HubSpot-Signature-v3");
  const address = url.replace(/#.*$/, "").replace(hubspotPlain, decodeURIComponent);
  if (!isSame(given, mac("sha256", secret, method, address, body, at).toString("base64"))) return wrong;
  return staleness(String(Number(at) / 1000), now);
};

const hmac: Check = ({ headers, body }, secret, _now, { signatureHeader, signaturePrefix, algorithm, encoding }) => {
  const given = headers.get(signatureHeader)?.trim();
  if (!given) return missing(signatureHeader);
  const expected = mac(algorithm, secret, body).toString(encoding);
  const written = given.startsWith(signaturePrefix) ? given.slice(signaturePrefix.length) : "";
  return isSame(encoding === "hex" ? written.toLowerCase() : written, expected) ? null : wrong;
};

const checks: Record<Exclude<Verification, "none">, Check> = { github, gitlab, stripe, slack, standard, hubspot, hmac };

/** Why a delivery is not its sender's; null where it is, or where nothing says who the sender is. */
export function signatureProblem(
  settings: Signing & Pick<WebhookSettings, "verification">,
  delivery: Delivery,
  secret: string,
  now = Date.now(),
): string | null {
  if (settings.verification === "none") return null;
  if (secret === "") return "The webhook's secret is empty, so that anybody could sign with it.";
  return checks[settings.verification](delivery, secret, Math.floor(now / 1000), settings);
}
