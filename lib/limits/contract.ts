import { z } from "zod";
import { defineContract, projectParams } from "@/lib/http/contract";
import { problemOfLimit } from "./limit-text";
import { type LimitName, limitNames } from "./names";

export const limitSchema = z.object({
  name: z.enum(limitNames),
  label: z.string(),
  unit: z.enum(["bytes", "seconds", "days", "count"]),
  /** What holds now. */
  value: z.number(),
  /** The most that the project may be given, by this instance. */
  cap: z.number(),
  /** What the project's admins hold it to; null where that is the cap. */
  chosen: z.number().nullable(),
});
export type LimitResource = z.infer<typeof limitSchema>;

export const limitsSchema = z.object({ items: z.array(limitSchema) });

const chosenSchema = (name: LimitName) =>
  z
    .number()
    .superRefine((value, context) => {
      const problem = problemOfLimit(name, value);
      if (problem) context.addIssue({ code: "custom", message: `This ${problem}.` });
    })
    .nullable()
    .optional();

/** Null takes a limit back to its cap. */
export const updateLimitsSchema = z.strictObject(
  Object.fromEntries(limitNames.map((name) => [name, chosenSchema(name)])) as Record<
    LimitName,
    ReturnType<typeof chosenSchema>
  >,
);
export type LimitChanges = z.infer<typeof updateLimitsSchema>;

export const showLimitsContract = defineContract({
  operationId: "showLimits",
  summary: "What the project may use",
  tag: "Usage",
  method: "GET",
  path: "/api/v1/projects/{project}/limits",
  params: projectParams,
  success: { status: 200, body: limitsSchema },
  errors: ["unauthorized", "forbidden", "not_found"],
});

export const updateLimitsContract = defineContract({
  operationId: "updateLimits",
  summary: "Hold the project to less than it may use",
  tag: "Usage",
  method: "PATCH",
  path: "/api/v1/projects/{project}/limits",
  params: projectParams,
  body: updateLimitsSchema,
  success: { status: 200, body: limitsSchema },
  errors: ["invalid_input", "unauthorized", "forbidden", "not_found"],
});
