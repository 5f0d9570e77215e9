import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { noNetwork } from "@/lib/actions/network";
import { catalogueExampleSchema } from "@/lib/catalogue/contract";
import { Handler } from "../support/handler";

const textOf = (id: string, name: string) => readFileSync(resolve("actions", id, name), "utf8");
/** Triggers that listen need it too, but have no handler to call. */
const asking = readdirSync(resolve("actions")).filter((id) => {
  const metadata = textOf(id, "ryax_metadata.yaml");
  return /^\s*network: on$/m.test(metadata) && !/^kind: Source$/m.test(metadata);
});

const handlers: Handler[] = [];
afterAll(() => Promise.all(handlers.map((handler) => handler.close())));

it("actions that need the network ask for it", () => {
  expect(asking.length).toBeGreaterThan(10);
});

it.each(asking)(
  "%s passes on that its network is off, and how to have it granted",
  async (id) => {
    const handler = await Handler.of(id, noNetwork);
    handlers.push(handler);
    const { inputs } = catalogueExampleSchema.parse(JSON.parse(textOf(id, "example.json")));
    // A key that is only shown is none to sign in with.
    const { private_key: _, ...rest } = inputs;
    const { error, log } = await handler.run({ ...rest, ...("timeout" in rest && { timeout: 5 }) });
    expect(`${error}\n${log}`).toContain("its network is off");
    expect(error).toContain(`millrace action grant ${id} --network allow-list`);
  },
  120_000,
);
