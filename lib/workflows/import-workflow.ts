import { ensureBuiltins } from "@/lib/actions";
import { recordAudit } from "@/lib/audit";
import { type ProjectContext, projectUseCase } from "@/lib/auth";
import { inProject, type Transaction, withoutNul } from "@/lib/db";
import { AppError, type Issue } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { isValid } from "./definition/problems";
import type { Definition } from "./definition/schema";
import { describeWorkflowDetail } from "./describe";
import { type OpenedUpload, openUpload } from "./file/open-upload";
import { readWorkflowFile } from "./file/read";
import { resolveWorkflowFile } from "./file/resolve";
import { judge } from "./judge";
import { loadLibrary } from "./library";
import { makeLive, publishDraft } from "./publish";
import { sealPasswords } from "./secrets";
import { insertWorkflow } from "./store";

interface ReadUpload {
  name: string;
  description: string;
  tags: string[];
  definition: Definition | null;
  problems: Issue[];
}

async function readUpload(tx: Transaction, projectId: string, upload: OpenedUpload): Promise<ReadUpload> {
  const { file, problems } = readWorkflowFile(upload.text, upload.fileName);
  if (!file) return { name: "", description: "", tags: [], definition: null, problems };
  const library = await loadLibrary(tx, projectId);
  const resolved = resolveWorkflowFile(file, upload.fileName, library, upload.files);
  return {
    name: withoutNul(file.name).slice(0, 128) || "Imported workflow",
    description: withoutNul(file.description),
    tags: file.tags,
    definition: resolved.definition && sealPasswords(resolved.definition, library, null),
    problems: [...problems, ...resolved.problems],
  };
}

function refusal(problems: Issue[]): AppError {
  const errors = problems.filter((problem) => problem.severity !== "warning");
  const first = errors[0]?.message ?? "";
  const message = errors.length === 1 ? first : `The file has ${errors.length} problems. The first: ${first}`;
  return new AppError("invalid_definition", message, { issues: problems });
}

const isMissingAction = (problem: Issue) => problem.code === "210";

async function importUpload(
  tx: Transaction,
  ctx: ProjectContext,
  upload: OpenedUpload,
  input: { deploy: boolean; force: boolean },
) {
  const read = await readUpload(tx, ctx.project.id, upload);
  const fatal = input.force ? read.problems.filter((problem) => !isMissingAction(problem)) : read.problems;
  if (!read.definition || !isValid(fatal)) throw refusal(read.problems);
  const inserted = await insertWorkflow(tx, {
    id: newId("workflow"),
    projectId: ctx.project.id,
    name: read.name,
    description: read.description,
    tags: read.tags,
    definition: read.definition,
  });
  await recordAudit(tx, ctx.project.id, ctx.actor, "workflow.import", inserted.id);
  if (!input.deploy) return { ...(await describeWorkflowDetail(tx, inserted)), warnings: read.problems };
  const { workflow, version } = await publishDraft(tx, ctx, inserted);
  const live = await makeLive(tx, ctx, workflow, version);
  return { ...(await describeWorkflowDetail(tx, live)), warnings: read.problems };
}

/** All or nothing: a file that cannot be deployed when that was asked leaves no workflow behind. */
export const importWorkflow = projectUseCase(
  "workflows.edit",
  async (ctx, input: { content: ReadableStream<Uint8Array> | null; deploy: boolean; force: boolean }) => {
    await ensureBuiltins(ctx.project.id);
    const upload = await openUpload(ctx.project.id, input.content);
    return inProject(ctx.project.id, (tx) => importUpload(tx, ctx, upload, input));
  },
);

export const checkWorkflow = projectUseCase(
  "workflows.view",
  async (ctx, input: { content: ReadableStream<Uint8Array> | null }) => {
    await ensureBuiltins(ctx.project.id);
    const upload = await openUpload(ctx.project.id, input.content);
    return inProject(ctx.project.id, async (tx) => {
      const read = await readUpload(tx, ctx.project.id, upload);
      const judged = read.definition ? (await judge(tx, ctx.project.id, read.definition, null)).problems : [];
      const told = new Set<string | undefined>(
        read.problems.map((problem) => problem.code).filter((code) => code === "210"),
      );
      const problems = [...read.problems, ...judged.filter((problem) => !told.has(problem.code))];
      return { valid: isValid(problems), problems };
    });
  },
);
