import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import type { IoDefinition } from "@/lib/values/types";
import { readTrialInputs } from "./read-inputs";

const order: IoDefinition = {
  name: "order",
  humanName: "Order",
  help: "",
  type: "object",
  optional: false,
  schema: { properties: { count: { type: "integer" }, tags: { items: { type: "string" } } } },
};

it("names each place within a structured input that is wrong", () => {
  const read = () => readTrialInputs([order], { order: { count: "many", tags: ["a", 2] } });
  expect(read).toThrow(AppError);
  expect(read).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      issues: [
        { path: "body.inputs.order.count", message: "must be a whole number" },
        { path: "body.inputs.order.tags.1", message: "must be a string" },
      ],
    }),
  );
});
