// Runs one `ryax_run.js`: a trigger that lives as long as its workflow is live and asks for runs. What it asks for goes
// out as `request` frames and comes back as `answer` frames.
"use strict";

const { randomUUID } = require("node:crypto");
const { parse, stringify } = require("./frames.cjs");
const { OutputInvalid } = require("./output-streams.cjs");

const maxKeyChars = 200;

// Why no run can be made of what a trigger gave: it has been written down as rejected.
class RunRefused extends Error {
  name = "RunRefused";
}

// Why something was not done that may be another time.
class RequestFailed extends Error {
  name = "RequestFailed";
}

class Slots {
  constructor(count) {
    this.free = count;
    this.waiting = [];
  }

  async use(work) {
    if (this.free > 0) this.free--;
    else await new Promise((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}

function checkKey(key) {
  if (typeof key === "string" && key.length > 0 && key.length <= maxKeyChars) return;
  throw new TypeError(`A cursor's key is a text of 1 to ${maxKeyChars} characters.`);
}

class Trigger {
  constructor(runner, run) {
    this.runner = runner;
    this.run = run;
    this.settings = runner.init.trigger;
    this.slots = new Slots(this.settings.maxRequests);
    this.stopping = new AbortController();
    this.answers = new Map();
    this.asked = new Set();
    this.sending = Promise.resolve();
    this.requests = 0;
  }

  // What `run` gets as its first argument.
  service() {
    return {
      RunRefused,
      // Aborted when the workflow is stopped.
      signal: this.stopping.signal,
      // Starts one run with these outputs, and resolves with its id once that is durable. The same identity is one run,
      // however often it comes; without one each call is a run of its own.
      createRun: (data, { identity } = {}) => this.ask(() => this.createRun(data, identityOf(identity))),
      createRunError: () => this.ask(() => this.request("create_error", { identity: randomUUID() })),
      getOutputDefinitions: () =>
        Object.fromEntries(this.settings.outputs.map((output) => [output.name, structuredClone(output)])),
      // What was last set under the key, by this start of the trigger or any before it.
      getCursor: (key, otherwise) => this.ask(() => this.getCursor(key, otherwise)),
      // Remembers anything that is JSON; null forgets the key. Resolves once that is durable.
      setCursor: (key, value) => this.ask(() => this.setCursor(key, value)),
    };
  }

  async listen(inputs) {
    const { run, stopping } = this;
    const { service } = this.runner.init;
    const told = service ? { ryax_endpoint_port: service.port, ryax_endpoint_prefix: service.prefix } : {};
    try {
      await run(this.service(), { ...inputs, ...told });
    } catch (error) {
      const isEnd = stopping.signal.aborted && (error === stopping.signal.reason || error?.name === "AbortError");
      if (!isEnd) throw error;
    } finally {
      // Asked for, and not waited for by the trigger itself.
      while (this.asked.size > 0) await Promise.allSettled(this.asked);
    }
    return {};
  }

  take(message) {
    if (message.type === "cancel") return this.stopping.abort();
    this.answers.get(message.request)?.(message);
    this.answers.delete(message.request);
  }

  ask(work) {
    const asked = this.slots.use(work);
    this.asked.add(asked);
    const over = () => this.asked.delete(asked);
    // Whoever does not wait for it does not fail of it: what was refused is among the workflow's events.
    asked.then(over, over);
    return asked;
  }

  async createRun(data, identity) {
    let refused;
    const request = async () => {
      try {
        return ["create_run", { identity }, await this.runner.newWriter().convert(data)];
      } catch (error) {
        refused = { error: error instanceof OutputInvalid ? new RunRefused(error.message) : error };
        return ["create_invalid", { identity, reason: String(error?.message ?? error).slice(0, 8000) }];
      }
    };
    const runId = await this.answerTo(request);
    if (refused) throw refused.error;
    return runId;
  }

  async getCursor(key, otherwise) {
    checkKey(key);
    const text = await this.request("get_cursor", { key });
    return text === null ? otherwise : parse(text);
  }

  async setCursor(key, value) {
    checkKey(key);
    const text = value === null || value === undefined ? null : stringify(value);
    if (text === undefined) throw new TypeError(`A cursor's value is JSON, not a ${typeof value}.`);
    await this.request("set_cursor", { key, value: text });
  }

  request(...request) {
    return this.answerTo(async () => request);
  }

  async answerTo(prepare) {
    // One at a time: the files that go out are those of the request that follows them.
    const sent = this.sending.then(async () => this.send(await prepare()));
    this.sending = sent.catch(() => {});
    const { result, error, rejected } = await (await sent).answered;
    if (error !== null) throw rejected ? new RunRefused(error) : new RequestFailed(error);
    return result;
  }

  send([method, params, outputs]) {
    const number = ++this.requests;
    const answered = new Promise((resolve) => this.answers.set(number, resolve));
    const head = { type: "request", id: this.runner.progress.callId, request: number, method };
    const text = stringify({ ...head, params });
    // Written already, with whatever was too large to stand in it streamed ahead.
    this.runner.channel.send(outputs === undefined ? text : `${text.slice(0, -2)},"outputs":${outputs}}}`);
    return { answered };
  }
}

function identityOf(identity) {
  return identity === undefined || identity === null ? randomUUID() : String(identity);
}

exports.Trigger = Trigger;
