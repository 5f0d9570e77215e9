import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Verification } from "./settings";
import { signatureProblem } from "./signatures";

const settings = (verification: Verification, more: object = {}) => ({
  verification,
  signatureHeader: "X-Signature",
  signaturePrefix: "",
  algorithm: "sha256" as const,
  encoding: "hex" as const,
  ...more,
});
/** With characters that HubSpot signs as they are, and one that it does not. */
const url = "https://www.example.com/webhook_uri?a=x%3A%2Fy&b=%20";
const now = 1_531_420_618_000;

function problem(
  how: ReturnType<typeof settings>,
  secret: string,
  headers: Record<string, string>,
  body: string,
  at = now,
) {
  return signatureProblem(
    how,
    { method: "POST", url, headers: new Headers(headers), body: Buffer.from(body) },
    secret,
    at,
  );
}

const slackBody =
  "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

/** Deliveries that the services themselves give as examples. */
const published: [Verification, string, Record<string, string>, string, number][] = [
  [
    "github",
    "It's a Secret to Everybody",
    { "x-hub-signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17" },
    "Hello, World!",
    now,
  ],
  [
    "slack",
    "8f742231b10e8888abcd99yyyzzz85a5",
    {
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    },
    slackBody,
    now,
  ],
  [
    "standard",
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    {
      "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "svix-timestamp": "1614265330",
      "svix-signature":
        "v1,g0hM9SsE+OTPJTGt/tmKtSyZlE3uFJELVlNIOLJ1OE= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
    '{"test": 2432232314}',
    1_614_265_330_000,
  ],
];

describe("a service's own example", () => {
  it.each(published)("of %s is taken", (verification, secret, headers, body, at) => {
    expect(problem(settings(verification), secret, headers, body, at)).toBeNull();
  });

  it.each(published)(
    "of %s is refused with another body, another secret and another signature",
    (verification, secret, headers, body, at) => {
      expect(problem(settings(verification), secret, headers, `${body} `, at)).toMatch(/not that of the body/);
      expect(problem(settings(verification), `A${secret}`, headers, body, at)).toMatch(/not that of the body/);
      const broken = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          name.endsWith("signature") || name.endsWith("256") ? `${value.slice(0, 20)}x` : value,
        ]),
      );
      expect(problem(settings(verification), secret, broken, body, at)).toMatch(/not that of the body/);
      expect(problem(settings(verification), secret, {}, body, at)).toMatch(/missing/);
    },
  );
});

describe("a signed time", () => {
  const sign = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");
  const stripe = (at: number, signature: string) => ({
    "stripe-signature": `t=${at},v1=${"0".repeat(64)},v1=${signature},v0=x`,
  });
  const seconds = now / 1000;

  it.each([
    [0, true],
    [299, true],
    [301, false],
    [-301, false],
  ])("%i seconds away: %s", (away, isTaken) => {
    const at = seconds - away;
    expect(problem(settings("stripe"), "whsec_1", stripe(at, sign("whsec_1", `${at}.{}`)), "{}") === null).toBe(
      isTaken,
    );
    const headers = { "x-slack-request-timestamp": `${at}`, "x-slack-signature": `v0=${sign("s", `v0:${at}:{}`)}` };
    expect(problem(settings("slack"), "s", headers, "{}") === null).toBe(isTaken);
  });

  it("that was changed is no longer signed", () => {
    expect(
      problem(settings("stripe"), "whsec_1", stripe(seconds, sign("whsec_1", `${seconds - 900}.{}`)), "{}"),
    ).toMatch(/not that/);
  });

  it("that is no time is refused", () => {
    const headers = { "x-slack-request-timestamp": "soon", "x-slack-signature": `v0=${sign("s", "v0:soon:{}")}` };
    expect(problem(settings("slack"), "s", headers, "{}")).toMatch(/too long ago/);
  });
});

describe("HubSpot's signature", () => {
  const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
  const body = '{"example_field":"example_value"}';
  const signed = (at: number, address = "https://www.example.com/webhook_uri?a=x:/y&b=%20") => ({
    "x-hubspot-request-timestamp": `${at}`,
    "x-hubspot-signature-v3": createHmac("sha256", secret).update(`POST${address}${body}${at}`).digest("base64"),
  });

  it("is over method, address, body and time", () => {
    expect(problem(settings("hubspot"), secret, signed(now), body)).toBeNull();
    expect(problem(settings("hubspot"), secret, signed(now), `${body} `)).toMatch(/not that of the body/);
    expect(problem(settings("hubspot"), secret, signed(now, "https://www.example.com/other"), body)).toMatch(
      /not that/,
    );
    const later = { ...signed(now), "x-hubspot-request-timestamp": `${now + 1}` };
    expect(problem(settings("hubspot"), secret, later, body)).toMatch(/not that/);
    expect(problem(settings("hubspot"), secret, {}, body)).toMatch(/X-HubSpot-Signature-v3 is missing/);
  });

  it("is good for five minutes", () => {
    expect(problem(settings("hubspot"), secret, signed(now - 299_000), body)).toBeNull();
    expect(problem(settings("hubspot"), secret, signed(now - 301_000), body)).toMatch(/too long ago/);
  });
});

it("GitLab's token is the secret itself", () => {
  expect(problem(settings("gitlab"), "tok", { "x-gitlab-token": "tok" }, "{}")).toBeNull();
  expect(problem(settings("gitlab"), "tok", { "x-gitlab-token": "token" }, "{}")).toMatch(/not the secret/);
  expect(problem(settings("gitlab"), "tok", {}, "{}")).toMatch(/missing/);
});

it.each([
  ["sha1", "hex", ""],
  ["sha256", "base64", "sha256="],
  ["sha512", "hex", "v1:"],
] as const)("hmac with %s in %s after %j", (algorithm, encoding, signaturePrefix) => {
  const how = settings("hmac", { signatureHeader: "X-Shop-Sig", algorithm, encoding, signaturePrefix });
  const signature = createHmac(algorithm, "key").update("body").digest(encoding);
  expect(problem(how, "key", { "x-shop-sig": signaturePrefix + signature }, "body")).toBeNull();
  expect(problem(how, "key", { "x-shop-sig": signaturePrefix + signature }, "Body")).toMatch(/not that/);
  if (signaturePrefix) expect(problem(how, "key", { "x-shop-sig": signature }, "body")).toMatch(/not that/);
  expect(problem(how, "key", { "x-signature": signature }, "body")).toMatch(/X-Shop-Sig is missing/);
});

it("an empty secret lets nobody in", () => {
  expect(problem(settings("gitlab"), "", { "x-gitlab-token": "" }, "{}")).toMatch(/secret is empty/);
});
