// What is told of an error that the user's code raised: to the supervisor, and in the step's log.
"use strict";

const path = require("node:path");
const { inspect } = require("node:util");
const { OutputInvalid } = require("./output-streams.cjs");

const maxMessageChars = 8 * 1024;
const ownFolder = __dirname + path.sep;
const stackLine = /^\s+at (?:(.*?) \()?(?:file:\/\/)?(.*?):(\d+):\d+\)?$/;

function isOwn(file) {
  return file.startsWith(ownFolder);
}

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
    if (!file || isOwn(file) || file.startsWith("node:")) continue;
    const shown = file.startsWith(root + path.sep) ? path.relative(root, file) : file;
    frames.push({ file: shown.slice(-500), line: Number(number), name: (name ?? "<module>").slice(0, 300) });
  }
  // Innermost last, as Python has it.
  return frames.slice(0, 30).reverse();
}

// Writes where an error comes from, and what caused it, to the step's log: without the runner's own frames.
function logStack(error, errorLines) {
  try {
    const lines = inspect(error, { depth: 4 }).split("\n");
    errorLines(lines.filter((line) => !line.includes(ownFolder)).join("\n"));
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

exports.describeError = describeError;
exports.logStack = logStack;
