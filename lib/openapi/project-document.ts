import { httpMethods } from "@/lib/workflows/definition/http-endpoint";
import type { EndpointContract, EndpointInput } from "@/lib/workflows/definition/plan";
import type { JsonObject } from "./json-schema";
import { projectComponents } from "./project-components";
import { parametersOf, requestBodyOf } from "./project-request";
import { type DocumentedEndpoint, responsesOf } from "./project-responses";
import { SharedSchemas } from "./shared-schemas";

export interface DocumentedProject {
  name: string;
  /** Absolute, without a trailing slash. */
  url: string;
  requireKey: boolean;
}

/** With the switch off a key is still taken, so the lock is shown and the empty requirement says that none is needed. */
function securityOf({ requireKey }: DocumentedProject): JsonObject[] {
  return [...(requireKey ? [] : [{}]), { bearerKey: [] }, { apiKey: [] }];
}

/** Ryax's naming, kept so that generated clients keep their names; two paths that read alike are told apart. */
function operationIds(): (contract: EndpointContract) => string {
  const taken = new Set<string>();
  return ({ path, method }) => {
    const wanted = `handler${path.replace(/\W/g, "_")}_${method.toLowerCase()}`;
    let id = wanted;
    for (let count = 2; taken.has(id); count++) id = `${wanted}_${count}`;
    taken.add(id);
    return id;
  };
}

const inOrder = (left: DocumentedEndpoint, right: DocumentedEndpoint) => {
  if (left.contract.path !== right.contract.path) return left.contract.path < right.contract.path ? -1 : 1;
  return httpMethods.indexOf(left.contract.method) - httpMethods.indexOf(right.contract.method);
};

const namesIn = (path: string) => [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? "");

/** Templates that differ only in their parameters' names are one path of the document, named by the first of them. */
function renaming(own: string, shared: string): (input: EndpointInput) => string {
  const sharedNames = namesIn(shared);
  const byOwn = new Map(namesIn(own).map((name, index) => [name, sharedNames[index] ?? name]));
  return ({ name, origin }) => (origin === "path" ? (byOwn.get(name) ?? name) : name);
}

function operationOf(
  endpoint: DocumentedEndpoint,
  project: DocumentedProject,
  operationId: string,
  sharedPath: string,
  shared: SharedSchemas,
): JsonObject {
  const { contract } = endpoint;
  const parameters = parametersOf(contract, renaming(contract.path, sharedPath), shared);
  const requestBody = requestBodyOf(contract, shared);
  return {
    operationId,
    ...(contract.summary && { summary: contract.summary }),
    ...(contract.description && { description: contract.description }),
    ...(contract.tags.length > 0 && { tags: [...new Set(contract.tags)] }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: responsesOf(endpoint, project.requireKey, shared),
    security: securityOf(project),
  };
}

function pathsOf(project: DocumentedProject, endpoints: DocumentedEndpoint[], shared: SharedSchemas): JsonObject {
  const nextId = operationIds();
  const pathOfShape = new Map<string, string>();
  const paths: Record<string, JsonObject> = {};
  for (const endpoint of [...endpoints].sort(inOrder)) {
    const { shape, path: ownPath, method } = endpoint.contract;
    const path = pathOfShape.get(shape) ?? ownPath;
    pathOfShape.set(shape, path);
    const operation = operationOf(endpoint, project, nextId(endpoint.contract), path, shared);
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return paths;
}

/** The OpenAPI 3.1 document of a project's live endpoints. Pure. */
export function projectDocument(project: DocumentedProject, endpoints: DocumentedEndpoint[]): JsonObject {
  const tags = [...new Set(endpoints.flatMap(({ contract }) => contract.tags))].sort();
  const shared = new SharedSchemas(projectComponents.schemas as JsonObject);
  const paths = pathsOf(project, endpoints, shared);
  return {
    openapi: "3.1.0",
    // Ryax's version: it names nothing, since the document changes with every deployment.
    info: { title: project.name, version: "0.1.0" },
    servers: [{ url: project.url }],
    ...(tags.length > 0 && { tags: tags.map((name) => ({ name })) }),
    paths,
    components: { ...projectComponents, schemas: shared.components() },
  };
}
