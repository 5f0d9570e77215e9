import findMyWay, { type Instance } from "find-my-way";
import { LRUCache } from "lru-cache";
import { inProject, listen } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { findProject } from "@/lib/projects";
import type { StartableVersion } from "@/lib/runs";
import { findVersion, listEndpointRows } from "@/lib/workflows";
import { httpMethods } from "@/lib/workflows/definition/http-endpoint";
import type { EndpointContract } from "@/lib/workflows/definition/plan";

export interface LiveEndpoint extends StartableVersion {
  contract: EndpointContract;
}

export interface ProjectRoutes {
  projectId: string;
  name: string;
  requireKey: boolean;
  endpoints: LiveEndpoint[];
  match(method: string, path: string): { endpoint: LiveEndpoint; params: Record<string, string> } | undefined;
  /** Methods that the path answers to. */
  allowed(path: string): string[];
}

interface RouteCache {
  /** Null for a project that does not exist. */
  projects: LRUCache<string, Promise<ProjectRoutes | null>>;
  /** Nothing is remembered while changes could be missed. */
  live: boolean;
}

const holder = globalThis as { millraceRoutes?: RouteCache };

function cache(): RouteCache {
  if (!holder.millraceRoutes) {
    const created: RouteCache = { projects: new LRUCache({ max: 5_000, ttl: 60_000 }), live: false };
    holder.millraceRoutes = created;
    listen("endpoints_changed", forgetRoutes, () => {
      created.projects.clear();
      created.live = true;
    }).catch(() => {
      holder.millraceRoutes = undefined;
    });
  }
  return holder.millraceRoutes;
}

function forgetRoutes(projectId: string): void {
  holder.millraceRoutes?.projects.delete(projectId);
}

const projectIdPattern = /^[a-z][a-z0-9]{1,39}$/;

/** A project's live endpoints. @throws AppError `not_found` */
export async function findRoutes(projectId: string): Promise<ProjectRoutes> {
  const routes = projectIdPattern.test(projectId) ? await routesOf(projectId) : null;
  if (!routes) throw notFound("The project");
  return routes;
}

function routesOf(projectId: string): Promise<ProjectRoutes | null> {
  const { projects, live } = cache();
  const known = projects.get(projectId);
  if (known) return known;
  const loading = loadRoutes(projectId);
  if (live) {
    projects.set(projectId, loading);
    loading.catch(() => projects.delete(projectId));
  }
  return loading;
}

async function loadRoutes(projectId: string): Promise<ProjectRoutes | null> {
  return inProject(projectId, async (tx) => {
    const project = await findProject(tx, projectId);
    if (!project) return null;
    const endpoints: LiveEndpoint[] = [];
    for (const row of await listEndpointRows(tx, projectId)) {
      const version = await findVersion(tx, projectId, row.workflowVersionId);
      if (!version?.plan.endpoint) continue;
      endpoints.push({
        projectId,
        workflowId: row.workflowId,
        versionId: version.id,
        plan: version.plan,
        contract: version.plan.endpoint,
      });
    }
    return buildRoutes(projectId, project, endpoints);
  });
}

function buildRoutes(
  projectId: string,
  project: { name: string; requireKey: boolean },
  endpoints: LiveEndpoint[],
): ProjectRoutes {
  const router: Instance<findMyWay.HTTPVersion.V1> = findMyWay({
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    // The server's limit on headers is what bounds an address.
    maxParamLength: 65_536,
  });
  for (const endpoint of endpoints)
    router.on(endpoint.contract.method, templateOf(endpoint.contract), () => {}, endpoint);
  const find = (method: string, path: string) => router.find(method as findMyWay.HTTPMethod, path);
  return {
    projectId,
    name: project.name,
    requireKey: project.requireKey,
    endpoints,
    match(method, path) {
      const found = find(method, path);
      if (!found) return undefined;
      const endpoint = found.store as LiveEndpoint;
      return { endpoint, params: namedParams(endpoint.contract, found.params) };
    },
    allowed: (path) => httpMethods.filter((method) => find(method, path)),
  };
}

/** The router's own syntax; parameters go by position, since their names may hold signs it gives a meaning to. */
function templateOf(contract: EndpointContract): string {
  let index = 0;
  return contract.shape
    .split("/")
    .map((segment) => (segment === "{}" ? `:p${index++}` : segment))
    .join("/");
}

function namedParams(contract: EndpointContract, values: Record<string, string | undefined>): Record<string, string> {
  const names = contract.path.split("/").flatMap((segment) => /^\{(.+)\}$/.exec(segment)?.[1] ?? []);
  return Object.fromEntries(names.map((name, index) => [name, values[`p${index}`] ?? ""]));
}
