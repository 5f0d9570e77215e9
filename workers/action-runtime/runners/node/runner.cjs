// Runs one action's Node handler inside its sandbox, one call at a time.
// Speaks the frame protocol of ../../frames.ts on fd 3. Only Node's own modules.
"use strict";

const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { inspect } = require("node:util");
const { setUpNetwork } = require("./network.cjs");
const { Progress } = require("./progress.cjs");

const chunkBytes = 256 * 1024;
const streamedValueBytes = 256 * 1024;
const copiedPackageBytes = 16 * 1024 * 1024;
const maxMessageChars = 8 * 1024;
const fileTypes = ["file", "table"];

// Taken before the user's code loads, which may replace any of them.
const { stringify, parse } = JSON;

class OutputInvalid extends Error {}

class Channel {
  constructor() {
    this.socket = new net.Socket({ fd: 3, readable: true, writable: true });
    this.socket.on("close", () => process.exit(0));
    this.socket.on("error", () => process.exit(0));
  }

  onMessage(receive) {
    let pending = Buffer.alloc(0);
    this.socket.on("data", (data) => {
      pending = pending.length > 0 ? Buffer.concat([pending, data]) : data;
      while (pending.length >= 4) {
        const length = pending.readUInt32BE(0);
        if (pending.length < length + 4) return;
        const message = parse(pending.toString("utf8", 5, length + 4));
        pending = pending.subarray(length + 4);
        receive(message);
      }
    });
  }

  frame(kind, payload) {
    const head = Buffer.allocUnsafe(5);
    head.writeUInt32BE(payload.length + 1, 0);
    head[4] = kind;
    return Buffer.concat([head, payload]);
  }

  send(text) {
    this.socket.write(this.frame(1, Buffer.from(text)));
  }

  async sendChunk(stream, bytes) {
    const head = Buffer.allocUnsafe(4);
    head.writeUInt32BE(stream, 0);
    if (!this.socket.write(this.frame(2, Buffer.concat([head, bytes])))) {
      await new Promise((resolve) => this.socket.once("drain", resolve));
    }
  }
}

// stderr goes down stdout's pipe, so that lines keep their order; each line carries a tag that tells it apart.
function setUpStreams() {
  for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);
  let atLineStart = true;
  const stdoutWrite = process.stdout.write.bind(process.stdout);
  process.stderr.write = (data, encoding, callback) => {
    const text = typeof data === "string" ? data : Buffer.from(data).toString();
    let tagged = "";
    for (const line of text.split(/(?<=\n)/)) {
      if (line === "") continue;
      tagged += (atLineStart ? "\0E" : "") + line;
      atLineStart = line.endsWith("\n");
    }
    return stdoutWrite(tagged, typeof encoding === "function" ? encoding : callback);
  };
  return {
    systemLine: (text) => stdoutWrite(`\0S${text}\n`),
    errorLines: (text) => stdoutWrite(`${text.replace(/^/gm, "\0E")}\n`),
    // Through the same stream as the lines before it: a direct write to the descriptor would overtake them.
    endLogs: (mark) => new Promise((resolve) => stdoutWrite(`\n\0${mark}\n`, () => resolve())),
  };
}

function* walkFiles(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walkFiles(full);
    else yield full;
  }
}

function openFolders(folder) {
  if (!fs.lstatSync(folder).isDirectory()) return;
  fs.chmodSync(folder, 0o700);
  for (const name of fs.readdirSync(folder)) openFolders(path.join(folder, name));
}

function remove(file) {
  try {
    fs.rmSync(file, { recursive: true, force: true });
  } catch {
    openFolders(file);
    fs.rmSync(file, { recursive: true, force: true });
  }
}

// The handler's writable view: a private copy of its package as working directory, and empty scratch folders.
class Workspace {
  constructor(paths) {
    this.paths = paths;
    this.root = path.join(paths.work, "action");
    this.environment = { ...process.env };
  }

  prepare() {
    let size = 0;
    for (const file of walkFiles(this.paths.action)) size += fs.lstatSync(file).size;
    // A large package is linked file by file: readable in place, and still a folder to write into.
    const link = size > copiedPackageBytes;
    fs.mkdirSync(this.root, { recursive: true });
    for (const file of walkFiles(this.paths.action)) {
      const target = path.join(this.root, path.relative(this.paths.action, file));
      fs.mkdirSync(path.dirname(target), { recursive: true });
      if (link) fs.symlinkSync(file, target);
      else fs.copyFileSync(file, target);
    }
    this.manifest = this.fingerprint();
    process.chdir(this.root);
  }

  fingerprint() {
    let found = "";
    for (const file of walkFiles(this.root)) {
      const status = fs.lstatSync(file, { bigint: true });
      found += `${file}\0${status.ino}\0${status.size}\0${status.mtimeNs}\n`;
    }
    return found;
  }

  // Undoes what a call left behind, so that the next one finds what the first one found.
  clean() {
    this.empty(this.paths.tmp);
    this.empty(this.paths.work, "action");
    if (!fs.existsSync(this.root) || this.fingerprint() !== this.manifest) {
      process.chdir("/");
      fs.rmSync(this.root, { recursive: true, force: true });
      this.prepare();
    }
    process.chdir(this.root);
    for (const name of Object.keys(process.env)) if (!(name in this.environment)) delete process.env[name];
    Object.assign(process.env, this.environment);
  }

  empty(folder, keep) {
    for (const name of fs.readdirSync(folder)) {
      if (name !== keep) remove(path.join(folder, name));
    }
  }
}

function describe(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

// Turns what a handler returned into frames; files and large values are streamed as they are read.
class OutputWriter {
  constructor(channel, callId, declared, systemLine) {
    this.channel = channel;
    this.callId = callId;
    this.declared = new Map(declared.map((output) => [output.name, output.type]));
    this.systemLine = systemLine;
    this.streams = 0;
  }

  async convert(returned) {
    let result = returned ?? {};
    if (Array.isArray(result) && result.length === 1) result = result[0];
    if (result === null || typeof result !== "object" || Array.isArray(result)) {
      throw new OutputInvalid(`The handler must return an object of its outputs, but it returned ${describe(result)}.`);
    }
    const encoded = [];
    for (const [name, value] of Object.entries(result)) {
      const type = this.declared.get(name);
      if (type === undefined) {
        this.systemLine(`The output '${name}' is not declared in the metadata and was dropped.`);
      } else if (value !== null && value !== undefined) {
        encoded.push(`${stringify(name)}:${await this.encode(name, type, value)}`);
      }
    }
    return `{${encoded.join(",")}}`;
  }

  async encode(name, type, value) {
    if (fileTypes.includes(type)) {
      const file = this.pathOf(name, type, value);
      return stringify({ stream: await this.streamFile(name, "file", file, path.basename(file), "") });
    }
    if (type === "directory")
      return stringify({ stream: await this.streamDirectory(name, this.pathOf(name, type, value)) });
    if (typeof value === "bigint") return stringify({ int: value.toString() });
    const plain = type === "bytes" && value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
    if (typeof plain === "number" && !Number.isFinite(plain)) {
      throw new OutputInvalid(`The output '${name}' cannot be written as JSON: ${plain} is not a JSON number.`);
    }
    let text;
    try {
      text = stringify(plain);
    } catch (error) {
      throw new OutputInvalid(`The output '${name}' cannot be written as JSON: ${error.message.split("\n")[0]}.`);
    }
    if (text === undefined)
      throw new OutputInvalid(`The output '${name}' cannot be written as JSON: it is ${describe(plain)}.`);
    if (text.length <= streamedValueBytes) return `{"json":${text}}`;
    const stream = this.openStream(name, "value", "", "");
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      await this.channel.sendChunk(stream, bytes.subarray(start, start + chunkBytes));
    }
    this.closeStream(stream);
    return stringify({ stream });
  }

  pathOf(name, type, value) {
    if (typeof value !== "string") {
      throw new OutputInvalid(`The output '${name}' is a ${type}: return its path, not ${describe(value)}.`);
    }
    const full = path.resolve(value);
    const status = fs.statSync(full, { throwIfNoEntry: false });
    const right = type === "directory" ? status?.isDirectory() : status?.isFile();
    if (!right) {
      const wanted = type === "directory" ? "folder" : "regular file";
      throw new OutputInvalid(`The output '${name}' names '${value}', which is not an existing ${wanted}.`);
    }
    return full;
  }

  openStream(output, kind, name, relative) {
    const stream = this.streams++;
    const message = { type: "file", id: this.callId, stream, output, kind, name: name.slice(0, 1000), path: relative };
    this.channel.send(stringify(message));
    return stream;
  }

  closeStream(stream) {
    this.channel.send(stringify({ type: "file_end", id: this.callId, stream }));
  }

  async streamFile(output, kind, file, name, relative) {
    const stream = this.openStream(output, kind, name, relative);
    // Not blocking, so that a FIFO put in a file's place cannot hang the runner.
    const fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    try {
      if (!fs.fstatSync(fd).isFile()) {
        throw new OutputInvalid(`The output '${output}' holds something that is not a regular file: ${file}.`);
      }
      for (;;) {
        const buffer = Buffer.allocUnsafe(chunkBytes);
        const count = fs.readSync(fd, buffer);
        if (count === 0) break;
        await this.channel.sendChunk(stream, buffer.subarray(0, count));
      }
    } finally {
      fs.closeSync(fd);
    }
    this.closeStream(stream);
    return stream;
  }

  async streamDirectory(output, folder) {
    const root = fs.realpathSync(folder);
    const name = path.basename(folder);
    const first = this.openStream(output, "directory", name, "");
    this.closeStream(first);
    for (const file of [...walkFiles(folder)].sort()) {
      const real = fs.realpathSync(file);
      if (!real.startsWith(root + path.sep)) {
        throw new OutputInvalid(`The output '${output}' holds a link that leaves the folder: ${file}.`);
      }
      await this.streamFile(output, "directory", file, name, path.relative(folder, file));
    }
    return first;
  }
}

const stackLine = /^\s+at (?:(.*?) \()?(?:file:\/\/)?(.*?):(\d+):\d+\)?$/;

function textOf(value) {
  try {
    return String(value);
  } catch {
    return "<unprintable>";
  }
}

function stackOf(error, root) {
  const frames = [];
  for (const line of textOf(error?.stack ?? "").split("\n")) {
    const [, name, file, number] = stackLine.exec(line) ?? [];
    if (!file || file === __filename || file.startsWith("node:")) continue;
    const shown = file.startsWith(root + path.sep) ? path.relative(root, file) : file;
    frames.push({ file: shown.slice(-500), line: Number(number), name: (name ?? "<module>").slice(0, 300) });
  }
  // Innermost last, as Python has it.
  return frames.slice(0, 30).reverse();
}

// Writes where an error comes from, and what caused it, to the step's log: without this file's own frames.
function logStack(error, errorLines) {
  try {
    const lines = inspect(error, { depth: 4 }).split("\n");
    errorLines(lines.filter((line) => !line.includes(__filename)).join("\n"));
  } catch {
    // A hostile error may refuse to be shown.
  }
}

function classNames(value) {
  const names = [];
  for (
    let proto = value;
    proto !== null && proto !== undefined && names.length < 50;
    proto = Object.getPrototypeOf(proto)
  ) {
    names.push(proto.constructor?.name);
  }
  return names;
}

function describeError(error, origin, root) {
  const isObject = error !== null && typeof error === "object";
  const code = isObject ? error.code : undefined;
  const simpleCode = (typeof code === "string" && code.length <= 200) || Number.isSafeInteger(code) ? code : null;
  const described = {
    class: textOf((isObject && (error.name || error.constructor?.name)) || "Error").slice(0, 300),
    module: null,
    message: textOf(isObject && error.message !== undefined ? error.message : error).slice(0, maxMessageChars),
    code: simpleCode,
    stack: stackOf(error, root),
    origin,
    ryax: null,
  };
  if (error instanceof OutputInvalid) {
    return { ...described, class: "OutputInvalid", code: "OUTPUT_INVALID", origin: "runtime", stack: [] };
  }
  if (isObject && (error.name === "RyaxException" || classNames(error).includes("RyaxException"))) {
    const message = error.message === undefined || error.message === null ? "" : error.message;
    described.ryax = {
      message: textOf(message).slice(0, maxMessageChars),
      code: Number.isSafeInteger(code) ? code : null,
    };
  }
  return described;
}

async function loadHandler(entry, root) {
  const file = path.join(root, entry);
  let exported;
  try {
    exported = require(file);
  } catch (error) {
    // A module whose top level awaits can only be imported.
    if (error?.code !== "ERR_REQUIRE_ASYNC_MODULE" && error?.code !== "ERR_REQUIRE_ESM") throw error;
    exported = await import(pathToFileURL(file).href);
  }
  const handler = [exported, exported?.handle, exported?.handler, exported?.default, exported?.default?.handle].find(
    (candidate) => typeof candidate === "function",
  );
  if (!handler) throw new Error(`${entry} must assign its handler function to module.exports.`);
  return handler;
}

function convertInput(type, value) {
  return type === "bytes" && typeof value === "string" ? Buffer.from(value, "base64") : value;
}

// What a call leaves to be done later could fail a call that knows nothing of it.
function pendingTimers() {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout" || name === "Immediate").length;
}

// Where processes cannot be listed: all of the sandbox but its first and this one.
function killOthers() {
  try {
    return process.kill(-1, "SIGKILL");
  } catch {
    return false;
  }
}

async function main() {
  const channel = new Channel();
  const progress = new Progress((text) => channel.send(text));
  const { systemLine, errorLines, endLogs } = setUpStreams();
  let init;
  let workspace;
  let handler;
  let inputTypes;
  let timers = 0;

  async function start(message) {
    init = message;
    workspace = new Workspace(init.paths);
    inputTypes = new Map(init.inputs.map((input) => [input.name, input.type]));
    const started = performance.now();
    try {
      workspace.prepare();
      await setUpNetwork(init.network);
      handler = await loadHandler(init.entry, workspace.root);
      timers = pendingTimers();
      channel.send(stringify({ type: "ready", import_ms: performance.now() - started }));
    } catch (error) {
      channel.send(stringify({ type: "init_error", err: describeError(error, "import", workspace.root) }));
      channel.socket.end(() => process.exit(1));
    }
  }

  function inputsOf(call) {
    const inputs = {};
    for (const [name, value] of Object.entries(call.inputs)) inputs[name] = convertInput(inputTypes.get(name), value);
    for (const file of call.files) {
      inputs[file.input] =
        file.kind === "value"
          ? convertInput(inputTypes.get(file.input), parse(fs.readFileSync(file.path, "utf8")))
          : file.path;
    }
    return inputs;
  }

  function leftOvers() {
    if (pendingTimers() > timers) return true;
    if (!init.ownPids) return false;
    try {
      const mine = new Set(["1", String(process.pid)]);
      return fs.readdirSync("/proc").some((name) => /^\d+$/.test(name) && !mine.has(name));
    } catch {
      return killOthers();
    }
  }

  // What nobody caught ends the call under way; between calls it ends the process, as it does in Node.
  let failCall;
  process.on("uncaughtException", (error) => {
    if (failCall) return failCall(error);
    process.exit(1);
  });

  async function execute(message) {
    const outputs = new OutputWriter(channel, message.id, init.outputs, systemLine);
    return `"type":"result","outputs":${await outputs.convert(await handler(inputsOf(message)))}`;
  }

  async function call(message) {
    let answer;
    let dirty = false;
    progress.begin(message.id);
    const uncaught = new Promise((_resolve, reject) => {
      failCall = (error) => {
        dirty = true;
        reject(error);
      };
    });
    try {
      answer = await Promise.race([execute(message), uncaught]);
    } catch (error) {
      const described = describeError(error, "handler", workspace.root);
      if (!described.ryax && described.origin === "handler") logStack(error, errorLines);
      answer = `"type":"error","err":${stringify(described)}`;
    }
    failCall = undefined;
    progress.end();
    dirty ||= leftOvers();
    await endLogs(message.mark);
    channel.send(`{"id":${message.id},"dirty":${dirty},${answer}}`);
    if (!dirty) workspace.clean();
  }

  channel.onMessage((message) => (message.type === "init" ? start(message) : call(message)));
}

main();
