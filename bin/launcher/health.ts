import { setTimeout as delay } from "node:timers/promises";
import { type Health, healthSchema } from "@/lib/fleet/health-contract";
import type { SupervisedChild } from "./child";
import { type Settings, StartFailed } from "./settings";

const patienceMs = 90_000;

async function ask(settings: Settings): Promise<{ ok: boolean; health: Health } | undefined> {
  const host = settings.host === "0.0.0.0" || settings.host === "::" ? "127.0.0.1" : settings.host;
  try {
    const response = await fetch(`http://${host.includes(":") ? `[${host}]` : host}:${settings.port}/api/health`);
    return { ok: response.ok, health: healthSchema.parse(await response.json()) };
  } catch {
    return undefined;
  }
}

/** @throws StartFailed with what is missing and the last words of whatever ended */
export async function waitUntilHealthy(settings: Settings, children: SupervisedChild[]): Promise<Health> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask(settings);
    if (answer?.ok) return answer.health;
    const failing = children.find((child) => child.failures >= 3);
    if (failing || Date.now() > deadline) {
      const missing = answer
        ? Object.entries(answer.health.checks)
            .filter(([, check]) => !check.ok)
            .map(([name, check]) => `${name}: ${check.message}`)
        : ["the web does not answer"];
      throw new StartFailed(
        `Not everything came up: ${missing.join("; ")}\n${failing?.lastWords ?? ""}`,
        "The logs of each process are in the logs folder of the state folder.",
      );
    }
    await delay(150);
  }
}
