import { projectUseCase } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { coerceInput, type IoType, type JsonValue, storeValue } from "@/lib/values";
import { keepVariable } from "./keep-variable";

export interface SetVariable {
  name: string;
  value: Exclude<JsonValue, null | bigint>;
  type?: IoType | undefined;
  secret: boolean;
  description?: string | undefined;
}

function typeOf(input: SetVariable): IoType {
  if (input.type) return input.type;
  if (typeof input.value === "boolean") return "boolean";
  if (typeof input.value === "number") return Number.isInteger(input.value) ? "integer" : "float";
  if (Array.isArray(input.value)) return "array";
  if (typeof input.value === "object") return "object";
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
  const { name, description } = input;
  return keepVariable(ctx, { name, type, secret, value, description });
});
