import { build } from "esbuild";
import { expect, it } from "vitest";
import { buildOptions } from "../compile.mjs";

it("loads nothing of a server's, which would make every command wait", async () => {
  const { metafile } = await build({ ...buildOptions(["cli"]), write: false, metafile: true });
  const loaded = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(loaded).toContain("commander");
  expect(loaded.filter((path) => /^(@temporalio|pg|drizzle-orm|pino|next|@grpc)/.test(path))).toEqual([]);
});
