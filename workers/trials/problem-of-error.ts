import type { TrialEnd } from "@/lib/actions";
import type { Issue } from "@/lib/errors";

/** The innermost place of the package's own code: what lies deeper is a dependency's. */
export function problemOfError(error: NonNullable<TrialEnd["error"]>): Issue | null {
  const isOwn = (file: string) => !/^[/<]|node_modules|^node:/.test(file);
  const frame = error.stack.findLast(({ file, line }) => line !== null && isOwn(file));
  return frame?.line ? { path: frame.file, line: frame.line, message: `${error.type}: ${error.message}` } : null;
}
