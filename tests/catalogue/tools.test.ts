import { createHash, createHmac, generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { CatalogueProject } from "../support/catalogue";

let catalogue: CatalogueProject;
beforeAll(async () => {
  catalogue = await CatalogueProject.with(
    ...["hash", "jwt", "regex", "markdown-to-html", "sleep", "echo", "print-environment", "raise-ryax-exception"],
  );
}, 240_000);

const outputs = (action: string, inputs: Record<string, unknown>) => catalogue.outputsOf(action, inputs);
const failure = (action: string, inputs: Record<string, unknown>) => catalogue.failureOf(action, inputs);

describe("hash", () => {
  it.concurrent.each([
    ["sha256", "hex"],
    ["sha3-256", "base64"],
    ["md5", "base64url"],
  ] as const)("%s as %s", async (algorithm, format) => {
    const content = "ü".repeat(2_000_000);
    const expected = createHash(algorithm).update(content).digest(format);
    expect((await outputs("hash", { file: { name: "a", content }, algorithm, format })).digest).toBe(expected);
  });

  it.concurrent("compares an HMAC with what a webhook sent", async () => {
    const digest = createHmac("sha1", "key").update("body").digest("hex");
    const inputs = { text: "body", algorithm: "sha1", key: "key" };
    for (const expected of [digest, `sha1=${digest}`, ` SHA1=${digest.toUpperCase()}`])
      expect((await outputs("hash", { ...inputs, expected })).matches).toBe(true);
    for (const expected of ["", `sha1=${"0".repeat(40)}`, "ü"])
      expect((await outputs("hash", { ...inputs, expected })).matches).toBe(false);
  });

  it.concurrent("does not take an empty key for one", async () => {
    expect(await failure("hash", { text: "a", key: "" })).toMatch(/The key is empty/);
  });
});

describe("jwt", () => {
  const key = "a secret of at least 32 characters";
  const sign = async (more: Record<string, unknown> = {}) =>
    (await outputs("jwt", { key, claims: '{"sub": "ada"}', ...more })).token as string;

  /** A password does not leave a run in the clear, so the token goes through a workflow of two steps. */
  async function verified(signing: Record<string, unknown>, verifying: Record<string, unknown>) {
    const { id } = await catalogue.project.deployManual({
      name: `JWT ${Math.random()}`,
      steps: {
        sign: { use: "jwt", with: { key, claims: '{"sub": "ada"}', ...signing } },
        only: { use: "jwt", with: { operation: "verify", key, token: "=sign.token", ...verifying }, after: ["sign"] },
      },
    });
    const run = await catalogue.project.endedRun((await catalogue.project.start(id, {}, 20)).id);
    const step = run.steps.find((candidate) => candidate.node === "only");
    return step?.error ? { error: step.error.message } : step?.outputs;
  }

  it.concurrent("does not show the token that it signs", async () => {
    expect(await sign()).not.toMatch(/^eyJ/);
  });

  it.concurrent("verifies what it signed", async () => {
    const given = await verified({ audience: "shop", issuer: "us" }, { audience: "shop", issuer: "us" });
    expect(given).toMatchObject({ valid: true, reason: "" });
    expect(JSON.parse(String((given as { claims: string }).claims))).toMatchObject({
      sub: "ada",
      aud: "shop",
      iss: "us",
    });
  });

  it.concurrent.each([
    ["another secret", {}, { key: `${key}!` }, /[Ss]ignature/],
    ["another audience", { audience: "a" }, { audience: "b" }, /[Aa]udience/],
    ["no audience", {}, { audience: "b" }, /aud/],
    ["another issuer", { issuer: "a" }, { issuer: "b" }, /[Ii]ssuer/],
    ["another algorithm", { algorithm: "HS512" }, {}, /alg/],
    ["its end", { claims: '{"exp": 1700000000}' }, {}, /expired/],
    ["a beginning to come", { claims: '{"nbf": 4000000000}' }, {}, /not yet valid/],
  ])("does not trust %s", async (_, signing, verifying, reason) => {
    expect(await verified(signing, verifying)).toMatchObject({
      valid: false,
      claims: "{}",
      reason: expect.stringMatching(reason),
    });
  });

  it.concurrent("does not take a public key for a shared secret", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    expect(await failure("jwt", { key: pem })).toMatch(/cannot be signed/);
  });

  it.concurrent.each(["rsa", "ed25519"] as const)(
    "signs with a private key and verifies with the public one: %s",
    async (kind) => {
      const pair =
        kind === "rsa" ? generateKeyPairSync("rsa", { modulusLength: 2048 }) : generateKeyPairSync("ed25519");
      const algorithm = kind === "rsa" ? "RS256" : "EdDSA";
      const signing = { algorithm, key: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
      const verifying = { algorithm, key: pair.publicKey.export({ type: "spki", format: "pem" }).toString() };
      expect(await verified(signing, verifying)).toMatchObject({ valid: true });
    },
  );

  it.concurrent("refuses a key that is none, and an empty one", async () => {
    expect(await failure("jwt", { key: "no pem", algorithm: "RS256" })).toMatch(/cannot be signed/);
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const signing = { algorithm: "RS256", key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
    expect(await verified(signing, { algorithm: "RS256", key: "no pem" })).toEqual({
      error: expect.stringMatching(/The key cannot be used/),
    });
    expect(await failure("jwt", { key: "" })).toMatch(/The key is empty/);
  });
});

describe("regex", () => {
  it.concurrent("finds groups and names", async () => {
    const given = await outputs("regex", {
      text: "x=1\nY=2",
      pattern: "^(?<k>[a-z])=(\\d)$",
      multiline: true,
      ignore_case: true,
    });
    expect(given).toMatchObject({ found: true, count: 2, first: "x" });
    expect(JSON.parse(String(given.matches))[1]).toEqual({
      text: "Y=2",
      start: 4,
      end: 7,
      groups: ["Y", "2"],
      names: { k: "Y" },
    });
  });

  it.concurrent("replaces and splits, no more often than told", async () => {
    const replace = { text: "a-b-c", pattern: "(\\w)-", operation: "replace", replacement: "[\\1]" };
    expect((await outputs("regex", replace)).text).toBe("[a][b]c");
    expect((await outputs("regex", { ...replace, limit: 1 })).text).toBe("[a]b-c");
    expect((await outputs("regex", { text: "a, b", pattern: ",\\s*", operation: "split" })).matches).toBe('["a", "b"]');
    expect(await outputs("regex", { text: "a", pattern: "b" })).toMatchObject({
      found: false,
      count: 0,
      first: "",
      matches: "[]",
    });
  });

  it.concurrent("stops a pattern that does not come to an end", async () => {
    const text = `${"a".repeat(40)}b`;
    expect(await failure("regex", { text, pattern: "(a|aa|a?)+$", timeout: 0.3 })).toMatch(
      /not done with this text after 0.3 s/,
    );
  });

  it.concurrent("says what is wrong with a pattern or a replacement", async () => {
    expect(await failure("regex", { text: "a", pattern: "a(b" })).toMatch(/cannot be read at character \d/);
    const replacement = { text: "a", pattern: "a", operation: "replace", replacement: "\\2" };
    expect(await failure("regex", replacement)).toMatch(/replacement cannot be used/);
  });
});

describe("markdown-to-html", () => {
  const htmlOf = async (markdown: string, more = {}) =>
    (await outputs("markdown-to-html", { markdown, ...more })).html as string;

  it.concurrent("writes tables, code and struck text", async () => {
    expect(await htmlOf("|a|b|\n|-|:-:|\n|1|2|")).toContain('<td style="text-align:center">2</td>');
    expect(await htmlOf("```js\n1 < 2\n```")).toBe('<pre><code class="language-js">1 &lt; 2\n</code></pre>\n');
    expect(await htmlOf("~~no~~")).toBe("<p><s>no</s></p>\n");
  });

  it.concurrent.each([
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src='https://example.com'></iframe>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<p style='background:url(javascript:1)' class='x'>x</p>",
  ])("leaves nothing that harms in %s, with HTML allowed", async (markdown) => {
    const html = await htmlOf(markdown, { allow_html: true });
    expect(html).not.toMatch(/href="(javascript|data)|<[^>]*\son|<svg|<iframe|<script|style=|class=/);
  });

  it.concurrent("makes a page with a title", async () => {
    const html = await htmlOf("# T", { page: true, title: "<b>" });
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain("<title>&lt;b&gt;</title>");
  });
});

describe("the rest", () => {
  it.concurrent("sleep sleeps as long as told, within its bounds", async () => {
    expect((await outputs("sleep", { seconds: 0.3 })).seconds).toBeGreaterThanOrEqual(0.3);
    for (const seconds of [-1, 601]) expect(await failure("sleep", { seconds })).toMatch(/between 0 and 600/);
  });

  it.concurrent("print-environment shows nothing of the platform", async () => {
    const { environment } = await outputs("print-environment", {});
    const seen = JSON.parse(String(environment));
    expect(Object.keys(seen.variables)).toEqual(expect.arrayContaining(["HOME", "PATH"]));
    expect(JSON.stringify(seen)).not.toMatch(/MILLRACE|DATABASE|TEMPORAL/i);
  });

  it.concurrent("raise-ryax-exception is the answer of the endpoint", async () => {
    await catalogue.project.deployEndpoint({
      path: "/refused",
      steps: { only: { use: "raise-ryax-exception", with: { message: "No such customer ☀", code: 404 } } },
    });
    const answer = await catalogue.project.post("/refused", {});
    expect([answer.status, (await answer.json()).message]).toEqual([404, "No such customer ☀"]);
    expect(await failure("raise-ryax-exception", { message: "x", code: 200 })).toMatch(/from 400 to 599/);
  });
});
