import type { Issue } from "@/lib/errors";

/** What a build says of a handler or a manifest begins with the file, and with the line where it knows it. Pure. */
export function problemOfBuild(message: string): Issue | null {
  const found = /^([^\s:]+\.(?:py|js|json|txt)): (?:line (\d+): )?(.+)$/s.exec(message);
  if (!found) return null;
  const [, path = "", line, text = ""] = found;
  return { path, message: text, ...(line && { line: Number(line) }) };
}
