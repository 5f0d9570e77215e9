import findMyWay, { type Instance } from "find-my-way";
import { LRUCache } from "lru-cache";
import { inProject, listen } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { findProject } from "@/lib/projects";
import type { StartableVersion } from "@/lib/runs";
import { findVersion, listEndpointRows } from "@/lib/workflows";
import { pathBelow, type ServiceSettings } from "@/lib/workflows/definition/check-service";
import { httpMethods } from "@/lib/workflows/definition/http-endpoint";
import { type EndpointContract, routeOf, type WebhookContract } from "@/lib/workflows/definition/plan";

export interface LiveEndpoint extends StartableVersion {
  contract: EndpointContract;
}

export interface LiveWebhook extends StartableVersion {
  webhook: WebhookContract;
}

export interface LiveService extends StartableVersion {
  service: ServiceSettings;
}

/** Whom a call is for. */
export type LiveRoute = LiveEndpoint | LiveWebhook;

export interface ProjectRoutes {
  projectId: string;
  name: string;
  requireKey: boolean;
  endpoints: LiveEndpoint[];
  /** The trigger that answers the path itself, whatever the method. */
  serviceAt(path: string): LiveService | undefined;
  match(method: string, path: string): { target: LiveRoute; params: Record<string, string> } | undefined;
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
    const routes: LiveRoute[] = [];
    const services: LiveService[] = [];
    for (const row of await listEndpointRows(tx, projectId)) {
      const version = await findVersion(tx, projectId, row.workflowVersionId);
      if (!version) continue;
      const { plan } = version;
      const startable = { projectId, workflowId: row.workflowId, versionId: version.id, plan };
      if (plan.endpoint) routes.push({ ...startable, contract: plan.endpoint });
      else if (plan.service) services.push({ ...startable, service: plan.service });
      else if (plan.webhook) routes.push({ ...startable, webhook: plan.webhook });
    }
    return buildRoutes(projectId, project, routes, services);
  });
}

const isEndpoint = (route: LiveRoute): route is LiveEndpoint => "contract" in route;

function buildRoutes(
  projectId: string,
  project: { name: string; requireKey: boolean },
  routes: LiveRoute[],
  services: LiveService[],
): ProjectRoutes {
  const router: Instance<findMyWay.HTTPVersion.V1> = findMyWay({
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    // The server's limit on headers is what bounds an address.
    maxParamLength: 65_536,
  });
  const taken = new Set<string>();
  for (const route of routes) {
    const { method, shape } = locationOf(route);
    taken.add(`${method} ${shape}`);
    router.on(method as findMyWay.HTTPMethod, templateOf(shape), () => {}, route);
  }
  for (const route of routes) {
    const { shape } = locationOf(route);
    // Some services first ask by GET whether a webhook is there.
    if (!isEndpoint(route) && !taken.has(`GET ${shape}`)) router.on("GET", templateOf(shape), () => {}, route);
  }
  const find = (method: string, path: string) => router.find(method as findMyWay.HTTPMethod, path);
  return {
    projectId,
    name: project.name,
    requireKey: project.requireKey,
    endpoints: routes.filter(isEndpoint),
    serviceAt: (path) => services.find(({ service }) => pathBelow(service.prefix, path) !== undefined),
    match(method, path) {
      const found = find(method, path);
      if (!found) return undefined;
      const target = found.store as LiveRoute;
      return { target, params: namedParams(locationOf(target).path, found.params) };
    },
    allowed: (path) => httpMethods.filter((method) => find(method, path)),
  };
}

function locationOf({ plan }: LiveRoute): { method: string; path: string; shape: string } {
  const location = routeOf(plan);
  if (!location) throw new Error("only what is called by a path is routed");
  return location;
}

/** The router's own syntax; parameters go by position, since their names may hold signs it gives a meaning to. */
function templateOf(shape: string): string {
  let index = 0;
  return shape
    .split("/")
    .map((segment) => (segment === "{}" ? `:p${index++}` : segment))
    .join("/");
}

function namedParams(path: string, values: Record<string, string | undefined>): Record<string, string> {
  const names = path.split("/").flatMap((segment) => /^\{(.+)\}$/.exec(segment)?.[1] ?? []);
  return Object.fromEntries(names.map((name, index) => [name, values[`p${index}`] ?? ""]));
}
