import type { Issue } from "@/lib/errors";
import { ApiError } from "@/lib/http/client";
import { type CliContext, Failed } from "./context";

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

/** Shows every problem before the command fails with the first. */
export async function withIssues<T>(context: CliContext, title: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof ApiError && error.issues.length > 0) {
      printIssues(context, title, error.issues);
      if (context.json) context.print({ error: error.message, problems: error.issues }, () => "");
      throw new Failed(error.message);
    }
    throw error;
  }
}
