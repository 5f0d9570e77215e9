import { projectUseCase } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { fileOfUpload, storeUpload, type Upload } from "@/lib/values";
import { setFileVariableContract } from "./contract";
import { keepVariable } from "./keep-variable";

const { maxBytes } = setFileVariableContract.body;

export interface SetFileVariable {
  name: string;
  type: "file" | "directory";
  description?: string | undefined;
  upload: Upload;
}

export const setFileVariable = projectUseCase("variables.manage", async (ctx, input: SetFileVariable) => {
  const { name, type, description } = input;
  const stored = await storeUpload(ctx.project.id, input.upload, maxBytes);
  const value = await fileOfUpload(ctx.project.id, type, stored);
  if (typeof value === "string")
    throw new AppError("invalid_input", `The value of ${name} ${value}.`, {
      issues: [{ path: "body", message: value }],
    });
  return keepVariable(ctx, { name, type, secret: false, value, description });
});
