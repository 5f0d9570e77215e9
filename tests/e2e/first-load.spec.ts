import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, signInAs, test } from "./support/test";

const maxBytes = 200 * 1024;

/** Compressed bytes of the scripts that a page's HTML asks for; those for browsers of long ago are left out. */
async function firstLoadBytes(page: Page, path: string): Promise<number> {
  const html = await (await page.request.get(path)).text();
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+\.js)"[^>]*>/g)];
  const scripts = new Set(tags.filter(([tag]) => !/\bnomodule\b/i.test(tag)).map(([, source]) => source as string));
  let total = 0;
  for (const source of scripts) total += gzipSync(await (await page.request.get(source)).body()).length;
  return total;
}

test("no screen's first load needs more than 200 KB of compressed JavaScript", async ({ page, busy }) => {
  const { workflow_run_id } = await (await busy.post("/summaries", { text: "please fail" })).json();
  const signedOut = await firstLoadBytes(page, "/sign-in");
  await signInAs(page, busy.admin);
  const root = `/${busy.id}`;
  const paths = [
    "/projects",
    root,
    `${root}/workflows/${busy.workflowId}`,
    `${root}/runs`,
    `${root}/runs/${workflow_run_id}`,
    `${root}/library`,
    `${root}/library/shout/1.0`,
    `${root}/library/shout/1.0/edit`,
    `${root}/start`,
    `${root}/settings`,
    `${root}/settings/members`,
    `${root}/settings/keys`,
    `${root}/settings/variables`,
    `${root}/settings/audit`,
  ];
  const sizes: [string, number][] = [["/sign-in", signedOut]];
  for (const path of paths) sizes.push([path, await firstLoadBytes(page, path)]);
  for (const [path, bytes] of sizes) console.log(`${(bytes / 1024).toFixed(1).padStart(6)} KB  ${path}`);
  for (const [path, bytes] of sizes) {
    expect(bytes, path).toBeGreaterThan(50 * 1024);
    expect(bytes, path).toBeLessThan(maxBytes);
  }
});
