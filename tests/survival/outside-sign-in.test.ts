import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, expect as expectPage, type Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { signInContract, signUpContract, whoAmIContract } from "@/lib/accounts/contract";
import { freePort } from "@/lib/free-port.mjs";
import { callApi } from "@/lib/http/client";
import { chromiumPath } from "../e2e/support/chromium";
import { instance } from "../support/instance";
import { type OpenIdProvider, startOpenIdProvider } from "../support/openid-provider";
import { type StartedInstance, startInstance } from "../support/start-instance";

/** Signing in by a company's own accounts, at an instance that is told of them. */

const secret = "only-the-two-know-this";
let started: StartedInstance | undefined;
let provider: OpenIdProvider | undefined;
let browser: Browser | undefined;
let url: string;
let page: Page;

beforeAll(async () => {
  const issuer = `http://127.0.0.1:${await freePort()}`;
  started = await startInstance({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "millrace",
    OIDC_CLIENT_SECRET: secret,
    OIDC_NAME: "Example Ltd",
  });
  url = instance(started.home).url;
  const callback = `${url}/api/auth/callback/oidc`;
  provider = await startOpenIdProvider(issuer, { id: "millrace", secret, callback });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox"] });
}, 120_000);
afterEach(() => page.context().close());
afterAll(async () => {
  await browser?.close();
  await provider?.close();
  await started?.stop();
});

/** As somebody with these claims, up to where the provider asks whether Millrace may know them. */
async function signInThere(name: string, claims: Record<string, unknown>): Promise<void> {
  if (!provider || !browser) throw new Error("nothing was started");
  provider.claims = claims;
  page = await browser.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByRole("button", { name: "Continue with Example Ltd" }).click();
  await page.getByPlaceholder("Enter any login").fill(name);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
}

const consent = () => page.getByRole("button", { name: "Continue" }).click();

/** Who the browser is signed in as. */
async function whoIsIn() {
  const answer = await page.request.get(`${url}${whoAmIContract.path}`);
  return answer.ok() ? whoAmIContract.success.body.parse(await answer.json()).user : undefined;
}

it("makes an account of somebody new, and finds it again", async () => {
  const claims = { email: "Ada@example.com", email_verified: true, name: "Ada Lovelace" };
  for (const visit of ["first", "second"]) {
    await signInThere("ada", claims);
    await consent();
    await expectPage(page.getByRole("heading", { name: /project/i }), visit).toBeVisible();
    expect(await whoIsIn()).toMatchObject({ email: "ada@example.com", name: "Ada Lovelace" });
    await page.context().close();
  }
});

it("gives an account to whoever proves its address, and to nobody else", async () => {
  const body = { email: "grace@example.com", password: "a long password" };
  await callApi(signUpContract, { body }, { baseUrl: url });

  await signInThere("mallory", { email: body.email, email_verified: false });
  await consent();
  await expectPage(page.getByText("The provider has not verified your e-mail address.")).toBeVisible();
  expect(await whoIsIn()).toBeUndefined();
  await page.context().close();
  await callApi(signInContract, { body }, { baseUrl: url });

  await signInThere("grace", { email: body.email, email_verified: true });
  await consent();
  await expectPage(page.getByRole("heading", { name: /project/i })).toBeVisible();
  // Whoever set it may not have been the one whose address it is.
  await expect(callApi(signInContract, { body }, { baseUrl: url })).rejects.toMatchObject({ status: 401 });
});

it("says what is wrong where somebody is not let in", async () => {
  await signInThere("nobody", { email_verified: true });
  await consent();
  await expectPage(page.getByText("The provider gave no e-mail address.")).toBeVisible();
  await page.context().close();

  await signInThere("ada", { email: "ada@example.com", email_verified: true });
  await page.getByRole("link", { name: "Cancel" }).click();
  await expectPage(page.getByText("Signing in there did not work.")).toBeVisible();
});

it("leaves nothing of it in its logs", () => {
  const folder = join(started?.home ?? "", "logs");
  const logs = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  expect(logs.length).toBeGreaterThan(1);
  expect(logs.join("")).not.toMatch(/only-the-two-know-this|access_token|id_token|code_verifier|[?&]code=/);
});
