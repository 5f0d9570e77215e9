// Runs one action's Node handler inside its sandbox, one call at a time. Only Node's own modules.
//
// The modules beside this file are asked for by their paths: a handler finds none of them under a name, nor do they find
// one of the handler's. All are loaded before it is.
"use strict";

const { describeError, logStack } = require("./errors.cjs");
const { Channel, stringify } = require("./frames.cjs");
const { loadHandler } = require("./handler.cjs");
const { inputsOf } = require("./inputs.cjs");
const { LeftOvers } = require("./left-overs.cjs");
const { setUpNetwork } = require("./network.cjs");
const { OutputWriter } = require("./outputs.cjs");
const { Progress } = require("./progress.cjs");
const { letIn } = require("./service.cjs");
const { setUpStreams } = require("./streams.cjs");
const { Trigger } = require("./trigger.cjs");
const { Workspace } = require("./workspace.cjs");

class Runner {
  constructor(channel, streams) {
    this.channel = channel;
    this.streams = streams;
    this.progress = new Progress((text) => channel.send(text));
    // What nobody caught ends the call under way; between calls it ends the process, as it does in Node.
    this.failCall = undefined;
    process.on("uncaughtException", (error) => {
      if (this.failCall) return this.failCall(error);
      process.exit(1);
    });
  }

  async start(init) {
    this.init = init;
    this.inputTypes = new Map(init.inputs.map((input) => [input.name, input.type]));
    this.workspace = new Workspace(init.paths);
    const started = performance.now();
    try {
      this.workspace.prepare();
      if (init.service) {
        letIn(init.service);
        process.env.RYAX_SOURCE_PORT = String(init.service.port);
      }
      await setUpNetwork(init.network);
      this.handler = await this.loadEntry();
      this.leftOvers = new LeftOvers(init.others);
      this.channel.send(stringify({ type: "ready", import_ms: performance.now() - started }));
    } catch (error) {
      this.channel.send(stringify({ type: "init_error", err: describeError(error, "import", this.workspace.root) }));
      this.channel.end(() => process.exit(1));
    }
  }

  async loadEntry() {
    const load = (...names) => loadHandler(this.init.entry, this.workspace.root, names);
    if (!this.init.trigger) return load("handle", "handler");
    this.trigger = new Trigger(this, await load("run"));
    return (inputs) => this.trigger.listen(inputs);
  }

  newWriter() {
    return new OutputWriter(this.channel, this.progress.callId, this.init.outputs, this.streams.systemLine);
  }

  async execute(call) {
    const { handler } = this;
    const returned = await handler(inputsOf(call, this.inputTypes));
    return `"type":"result","outputs":${await this.newWriter().convert(returned)}`;
  }

  async call(call) {
    let answer;
    let dirty = false;
    this.progress.begin(call.id);
    const uncaught = new Promise((_resolve, reject) => {
      this.failCall = (error) => {
        dirty = true;
        reject(error);
      };
    });
    try {
      answer = await Promise.race([this.execute(call), uncaught]);
    } catch (error) {
      const described = describeError(error, "handler", this.workspace.root);
      if (!described.ryax && described.origin === "handler") logStack(error, this.streams.errorLines);
      answer = `"type":"error","err":${stringify(described)}`;
    }
    this.failCall = undefined;
    this.progress.end();
    // A trigger is called once.
    dirty ||= this.trigger !== undefined || this.leftOvers.areThere();
    await this.streams.endLogs(call.mark);
    this.channel.send(`{"id":${call.id},"dirty":${dirty},${answer}}`);
    if (!dirty) this.workspace.clean();
  }
}

const channel = new Channel();
const runner = new Runner(channel, setUpStreams());
channel.onMessage((message) => {
  if (message.type === "init") runner.start(message);
  else if (message.type === "call") runner.call(message);
  else runner.trigger?.take(message);
});
