import type { Issue } from "@/lib/errors";
import type { CliContext } from "./context";

/** Problems with their places, on stderr so that stdout keeps to the result. */
export function printIssues(context: CliContext, title: string, issues: Issue[]): void {
  context.say(title);
  for (const issue of issues) {
    const place = issue.line === undefined ? issue.path : `${issue.path}:${issue.line}`;
    const mark = issue.severity === "warning" ? "warning" : "error";
    const code = issue.code ? ` [${issue.code}]` : "";
    context.say(`  ${mark}${code} ${place}: ${issue.message}`);
  }
}
