import { z } from "zod";
import { AppError } from "@/lib/errors";

const cursorSchema = z.tuple([z.string(), z.array(z.string())]);

/** An opaque place in a list: the last row's sort values, bound to the sort that they belong to. */
export function encodeCursor(sort: string, values: string[]): string {
  return Buffer.from(JSON.stringify([sort, values])).toString("base64url");
}

/** @throws AppError `invalid_input` when the cursor is not one of this list's. */
export function decodeCursor(sort: string, cursor: string | undefined): string[] | undefined {
  if (cursor === undefined) return undefined;
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    decoded = undefined;
  }
  const result = cursorSchema.safeParse(decoded);
  if (!result.success || result.data[0] !== sort) {
    throw new AppError("invalid_input", "The cursor does not belong to this list.", {
      issues: [{ path: "query.cursor", message: "Leave it out to start from the first page." }],
    });
  }
  return result.data[1];
}
