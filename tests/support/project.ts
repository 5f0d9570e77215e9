import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { signUpContract } from "@/lib/accounts/contract";
import { pushActionsContract, showActionContract } from "@/lib/actions/contract";
import { type ApiRequest, callApi, callRaw } from "@/lib/http/client";
import type { Contract, ResultOf } from "@/lib/http/contract";
import { createKeyContract } from "@/lib/keys/contract";
import { createProjectContract } from "@/lib/projects/contract";
import { type RunDetail, showRunContract, startRunContract } from "@/lib/runs/contract";
import { isRunOver } from "@/lib/runs/status";
import type { StoredInline } from "@/lib/values/stored-schema";
import { importWorkflowContract } from "@/lib/workflows/contract";
import { callChecked } from "./checked";
import { zipFixtures } from "./fixtures";
import { instance } from "./instance";
import { type PackageSpec, withPackages, zipFolder } from "./packages";
import { type EndpointSpec, endpointFile, manualFile } from "./workflow-file";

export interface Person {
  email: string;
  password: string;
  userId: string;
  token: string;
}

export async function signUp(url = instance().url): Promise<Person> {
  const email = `person-${randomBytes(6).toString("hex")}@example.com`;
  const password = randomBytes(9).toString("base64url");
  const { token, user } = await callApi(signUpContract, { body: { email, password } }, { baseUrl: url });
  return { email, password, userId: user.id, token };
}

/** A project with its admin: what most tests start from, each with its own so that none sees another's. */
export class TestProject {
  private constructor(
    readonly url: string,
    readonly admin: Person,
    readonly id: string,
    /** A valid API key. */
    readonly key: string,
  ) {}

  static async create(url = instance().url, name = "Test"): Promise<TestProject> {
    const admin = await signUp(url);
    const options = { baseUrl: url, token: admin.token };
    const { id } = await callApi(createProjectContract, { body: { name } }, options);
    const { key } = await callApi(createKeyContract, { params: { project: id }, body: { name: "test" } }, options);
    return new TestProject(url, admin, id, key);
  }

  /** Calls an operation of the management API as the project's admin; the project's id is filled in. */
  api<C extends Contract>(contract: C, request: ApiRequest<C> = {} as ApiRequest<C>): Promise<ResultOf<C>> {
    return this.apiAs(this.admin, contract, request);
  }

  /** The same as somebody else; the answer is held against the contract. */
  apiAs<C extends Contract>(
    person: Pick<Person, "token">,
    contract: C,
    request: ApiRequest<C> = {} as ApiRequest<C>,
  ): Promise<ResultOf<C>> {
    return callChecked(contract, this.filled(request), { baseUrl: this.url, token: person.token });
  }

  raw<C extends Contract>(contract: C, request: ApiRequest<C> = {} as ApiRequest<C>): Promise<Response> {
    return callRaw(contract, this.filled(request), { baseUrl: this.url, token: this.admin.token });
  }

  private filled<C extends Contract>(request: ApiRequest<C>): ApiRequest<C> {
    return { ...request, params: { project: this.id, ...request.params } as ApiRequest<C>["params"] };
  }

  /** Pushes a folder of packages and waits until each is built. @throws Error naming the one that could not be */
  async push(folder: string): Promise<void> {
    await this.pushZip(await zipFolder(folder));
  }

  /** Pushes packages of `tests/fixtures/packages`. */
  async pushFixtures(...names: string[]): Promise<void> {
    await this.pushZip(await zipFixtures(names));
  }

  private async pushZip(body: Buffer<ArrayBuffer>): Promise<void> {
    const { items } = await this.api(pushActionsContract, { body });
    for (const { path, action, problems } of items) {
      if (!action) throw new Error(`${path}: ${JSON.stringify(problems)}`);
      const params = { project: this.id, action: action.id, version: action.version };
      for (;;) {
        const { state, error } = await this.api(showActionContract, { params });
        if (state === "failed") throw new Error(`${action.id}: ${error}`);
        if (state === "built") break;
        await delay(50);
      }
    }
  }

  /** Pushes packages that are written down in the test. */
  pushCode(...specs: PackageSpec[]): Promise<void> {
    return withPackages(specs, (folder) => this.push(folder));
  }

  /** Makes a workflow behind an HTTP API trigger live. */
  deployEndpoint(spec: EndpointSpec) {
    return this.deploy(endpointFile(spec));
  }

  /** Makes a workflow live that is started by hand. */
  deployManual(spec: Parameters<typeof manualFile>[0]) {
    return this.deploy(manualFile(spec));
  }

  /** Starts a run by hand; with `waitSeconds`, answers once it has ended. */
  start(workflow: string, input: Record<string, StoredInline> = {}, waitSeconds = 0): Promise<RunDetail> {
    const params = { project: this.id, workflow };
    return this.api(startRunContract, { params, body: { input, waitSeconds } });
  }

  showRun(run: string): Promise<RunDetail> {
    return this.api(showRunContract, { params: { project: this.id, run } });
  }

  /** The run, once it has ended. */
  async endedRun(run: string): Promise<RunDetail> {
    for (;;) {
      const shown = await this.api(showRunContract, { params: { project: this.id, run }, query: { waitSeconds: 20 } });
      if (isRunOver(shown.state)) return shown;
    }
  }

  /** Imports a workflow file and makes it live. */
  deploy(yaml: string) {
    return this.api(importWorkflowContract, { query: { deploy: true }, body: yaml });
  }

  /** Calls an endpoint of the project with its key. */
  call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has("authorization")) headers.set("authorization", `Bearer ${this.key}`);
    return fetch(`${this.url}/user-api/${this.id}${path}`, { ...init, headers });
  }

  /** The same with a JSON body. */
  post(path: string, body: unknown, init: RequestInit = {}): Promise<Response> {
    const headers = { "content-type": "application/json", ...(init.headers as Record<string, string>) };
    return this.call(path, { method: "POST", ...init, body: JSON.stringify(body), headers });
  }
}
