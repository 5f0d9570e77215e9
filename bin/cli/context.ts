import type { Command } from "commander";
import { type ApiRequest, callApi, callRaw } from "@/lib/http/client";
import type { Contract, ResultOf } from "@/lib/http/contract";
import { readProfile } from "./profile";

/** Wrong usage: exit status 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Not signed in: exit status 3. */
export class NotSignedIn extends Error {
  override name = "NotSignedIn";
}

/** The thing that was asked for failed, and has been reported: exit status 1. */
export class Failed extends Error {
  override name = "Failed";
}

interface GlobalOptions {
  json?: boolean;
  url?: string;
  token?: string;
  project?: string;
}

const defaultUrl = "http://localhost:3000";

let hasPrinted = false;

/** Whether this process has put its document on stdout already. */
export function isPrinted(): boolean {
  return hasPrinted;
}

/** What a command needs to talk to the server and to whoever called it. */
export class CliContext {
  readonly json: boolean;
  readonly url: string;
  private readonly token: string | undefined;
  private readonly named: string | undefined;

  constructor(command: Command) {
    const options = command.optsWithGlobals<GlobalOptions>();
    const profile = readProfile();
    this.json = options.json ?? false;
    this.url = (options.url ?? process.env.MILLRACE_URL ?? profile?.url ?? defaultUrl).replace(/\/$/, "");
    const profileToken = profile?.url === this.url || options.url === undefined ? profile?.token : undefined;
    this.token = options.token ?? process.env.MILLRACE_TOKEN ?? profileToken;
    this.named =
      options.project ?? process.env.MILLRACE_PROJECT ?? (profile?.url === this.url ? profile.project : undefined);
  }

  get isTerminal(): boolean {
    return process.stderr.isTTY === true && !this.json;
  }

  /** @throws UsageError when no project is named */
  get project(): string {
    if (this.named) return this.named;
    throw new UsageError("Name the project: -p ID, or MILLRACE_PROJECT. `millrace project list` shows yours.");
  }

  call<C extends Contract>(contract: C, request: ApiRequest<C> = {}): Promise<ResultOf<C>> {
    return callApi(contract, request, { baseUrl: this.url, token: this.tokenFor(contract) });
  }

  callRaw<C extends Contract>(contract: C, request: ApiRequest<C> = {}): Promise<Response> {
    return callRaw(contract, request, { baseUrl: this.url, token: this.tokenFor(contract) });
  }

  private tokenFor(contract: Contract): string | undefined {
    const isOpen = contract.access === "public";
    if (!this.token && !isOpen)
      throw new NotSignedIn(
        "You are not signed in. Run `millrace login --email … --password …`, or set MILLRACE_TOKEN.",
      );
    return isOpen ? undefined : this.token;
  }

  /** Exactly one JSON document on stdout with `--json`, else text for people. */
  print(document: unknown, human: () => string): void {
    hasPrinted = true;
    process.stdout.write(`${this.json ? JSON.stringify(document, null, 2) : human()}\n`);
  }

  /** For people only, and never on stdout. */
  say(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}
