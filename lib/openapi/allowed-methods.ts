import findMyWay from "find-my-way";
import { contracts } from "./contracts";

const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 65_536 });
const methods = [...new Set(contracts.map(({ method }) => method))];
for (const { method, path } of contracts) router.on(method, path.replace(/\{(\w+)\}/g, ":$1"), () => {});

/** The methods of the operations at a path of the management API; empty where it has none. */
export function allowedMethods(path: string): string[] {
  const found: string[] = methods.filter((method) => router.find(method, path));
  return found.includes("GET") ? [...found, "HEAD"] : found;
}
