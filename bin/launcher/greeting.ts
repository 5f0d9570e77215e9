import type { Health } from "@/lib/fleet/health-contract";
import { holdsTenantsApart, isIsolated } from "@/lib/fleet/sandbox-level";
import { paint, warn } from "./progress";
import type { Settings } from "./settings";

/** What an operator wants to know once everything runs. */
export function greet(settings: Settings, health: Health, logsDir: string): void {
  console.log(`\n  ${paint(1, "Millrace is running at")} ${paint(36, settings.publicUrl)}\n`);
  console.log(`  Open it and sign up, or from another terminal in this folder:`);
  const url = settings.port === 3000 ? "" : ` --url ${settings.publicUrl}`;
  console.log(paint(2, `    npx millrace signup --email you@example.com --password 'a good one'${url}`));
  console.log(paint(2, `    npx millrace project create "My project"`));
  console.log(`  Logs: ${logsDir}\n`);
  const { sandbox } = health;
  if (!sandbox) return;
  if (!isIsolated(sandbox.level)) {
    warn(`Isolation level ${sandbox.level}: ${sandbox.meaning}`);
    warn(`Why: ${sandbox.reason}`);
    warn(`To mend it: ${sandbox.fix}`);
    if (holdsTenantsApart(sandbox.level, settings.isConfinedEnough))
      warn("MILLRACE_ALLOW_CONFINED_MULTI_TENANT lets several tenants share it all the same.");
    else warn("Until then this instance is for one operator: sign-up closes after the first account.");
  } else {
    console.log(`  Isolation level ${sandbox.level}: ${sandbox.meaning}`);
  }
  if (!sandbox.languages.python.available) warn(`Python actions cannot run: ${sandbox.languages.python.reason}`);
}
