import { recordAudit } from "@/lib/audit";
import { projectUseCase } from "@/lib/auth";
import { inProject } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { coerceInput, type IoType, storeValue } from "@/lib/values";
import { presentVariable } from "./present";
import { upsertVariable } from "./store";

export interface SetVariable {
  name: string;
  value: string | number | boolean;
  type?: IoType | undefined;
  secret: boolean;
  description?: string | undefined;
}

function typeOf(input: SetVariable): IoType {
  if (input.type) return input.type;
  if (typeof input.value === "boolean") return "boolean";
  if (typeof input.value === "number") return Number.isInteger(input.value) ? "integer" : "float";
  return input.secret ? "password" : "string";
}

export const setVariable = projectUseCase("variables.manage", async (ctx, input: SetVariable) => {
  const type = typeOf(input);
  const secret = input.secret || type === "password";
  const coerced = coerceInput({ type }, input.value);
  if (!coerced.ok) {
    throw new AppError("invalid_input", `The value of ${input.name} must be ${coerced.expected}.`, {
      issues: [{ path: "body.value", message: `must be ${coerced.expected}` }],
    });
  }
  const value = await storeValue(ctx.project.id, coerced.value, secret);
  return inProject(ctx.project.id, async (tx) => {
    const { name, description } = input;
    const row = await upsertVariable(tx, {
      projectId: ctx.project.id,
      name,
      type,
      secret,
      value,
      ...(description !== undefined && { description }),
    });
    await recordAudit(tx, ctx.project.id, ctx.actor, "variable.set", name);
    return presentVariable(row);
  });
});
