import { createParser } from "eventsource-parser";
import { type TrialEnd, type TrialLine, trialEndSchema, tryActionContract } from "@/lib/actions/trial/contract";
import type { ApiRequest } from "@/lib/http/client";
import { filesOf, type PackageSpec, withFolder, writeFiles, zipFolder } from "./packages";
import type { TestProject } from "./project";

export function packageOf(spec: PackageSpec): Promise<string> {
  return withFolder(async (folder) => {
    await writeFiles(folder, filesOf(spec));
    return (await zipFolder(folder)).toString("base64");
  });
}

type Inputs = NonNullable<ApiRequest<typeof tryActionContract>["body"]>["inputs"];

export interface FollowedTrial {
  /** Lines that were told before the end. */
  told: TrialLine[];
  end: TrialEnd;
}

/** Tries a package and follows it to its end. */
export async function tryPackage(project: TestProject, spec: PackageSpec, inputs: Inputs = {}): Promise<FollowedTrial> {
  const body = { package: await packageOf(spec), inputs };
  const response = await project.raw(tryActionContract, { params: { project: project.id }, body });
  const told: TrialLine[] = [];
  let end: TrialEnd | undefined;
  const parser = createParser({
    onEvent(event) {
      if (event.event === "log") told.push(...JSON.parse(event.data));
      if (event.event === "end") end = trialEndSchema.parse(JSON.parse(event.data));
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>)
    parser.feed(decoder.decode(bytes, { stream: true }));
  if (!end) throw new Error("The trial's stream ended without an end.");
  return { told, end };
}
