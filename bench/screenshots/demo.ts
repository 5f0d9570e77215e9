import type { TestProject } from "@/tests/support/project";
import { endpointFile } from "@/tests/support/workflow-file";

const cities = ["Oslo", "Bergen", "Tromsø", "Stavanger"];

/** A small project that has been in use: what README shows. */
export async function furnishDemo(project: TestProject): Promise<{ workflow: string; run: string }> {
  await project.pushCode(
    {
      id: "find-station",
      inputs: { city: "string" },
      outputs: { station: "string", height: "integer" },
      code: `import time\ndef handle(i):\n    print("looking for a station near", i["city"])\n    time.sleep(0.12)\n    return {"station": f"{i['city']} harbour", "height": 12}\n`,
      spec: { human_name: "Find station" },
    },
    {
      id: "read-forecast",
      inputs: { station: "string", days: "integer" },
      outputs: { forecast: "longstring", warnings: "integer" },
      code: `import json, time\ndef handle(i):\n    print("reading", i["days"], "days of", i["station"])\n    time.sleep(0.35)\n    return {"forecast": json.dumps([{"day": n, "rain": n % 3 * 1.5} for n in range(i["days"])]), "warnings": 1}\n`,
      spec: { human_name: "Read forecast" },
    },
    {
      id: "read-tides",
      type: "nodejs",
      inputs: { station: "string" },
      outputs: { high: "string" },
      code: "module.exports = async ({ station }) => { console.log('tides of', station); await new Promise((r) => setTimeout(r, 180)); return { high: '14:20' }; };",
      spec: { human_name: "Read tides" },
    },
    {
      id: "write-summary",
      inputs: { forecast: "longstring", high: "string", city: "string" },
      outputs: { summary: "longstring" },
      code: `import json\ndef handle(i):\n    if i["city"] == "Atlantis":\n        raise ValueError("There is no forecast for a city under water")\n    rain = sum(day["rain"] for day in json.loads(i["forecast"]))\n    return {"summary": f"{i['city']}: {rain} mm of rain, high tide at {i['high']}"}\n`,
      spec: { human_name: "Write summary" },
    },
  );
  const steps = {
    station: { use: "find-station", with: { city: "=api.city" } },
    forecast: { use: "read-forecast", with: { station: "=station.station", days: "=api.days" }, after: ["station"] },
    tides: { use: "read-tides", with: { station: "=station.station" }, after: ["station"] },
    summary: {
      use: "write-summary",
      with: { forecast: "=forecast.forecast", high: "=tides.high", city: "=api.city" },
      after: ["forecast", "tides"],
    },
  };
  const inputs = { city: { type: "string", origin: "path" }, days: { type: "integer", origin: "query" } } as const;
  const { id } = await project.deploy(
    endpointFile({
      name: "City weather",
      path: "/weather/{city}",
      method: "GET",
      summary: "Rain and tides of the coming days",
      tags: "weather",
      inputs,
      steps,
      results: { summary: "summary.summary", warnings: "forecast.warnings" },
    }),
  );
  for (const [name, path] of [
    ["Harbour report", "/reports/harbour"],
    ["Storm warning", "/warnings"],
    ["Station import", "/stations"],
  ] as const)
    await project.deploy(
      endpointFile({
        name,
        path,
        inputs: { city: "string" },
        steps: { station: { use: "find-station", with: { city: "=api.city" } } },
        results: { station: "station.station" },
      }),
    );
  let run = "";
  for (let turn = 0; turn < 12; turn++) {
    const city = turn === 5 ? "Atlantis" : (cities[turn % cities.length] ?? "Oslo");
    const answer = await project.call(`/weather/${encodeURIComponent(city)}?days=${3 + turn}`);
    if (answer.status === 200) run = answer.headers.get("x-workflow-run-id") ?? "";
    if (turn % 3 === 0) await project.post("/reports/harbour", { city });
    if (turn % 4 === 0) await project.post("/stations", { city });
  }
  return { workflow: id, run };
}
