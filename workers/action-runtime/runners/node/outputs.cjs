"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { stringify } = require("./frames.cjs");
const { OutputInvalid, OutputStreams } = require("./output-streams.cjs");

const streamedValueBytes = 256 * 1024;
const fileTypes = ["file", "table"];

function describe(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function pathOf(name, type, value) {
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

function textOf(name, value) {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new OutputInvalid(`The output '${name}' cannot be written as JSON: ${value} is not a JSON number.`);
  }
  let text;
  try {
    text = stringify(value);
  } catch (error) {
    throw new OutputInvalid(`The output '${name}' cannot be written as JSON: ${error.message.split("\n")[0]}.`);
  }
  if (text === undefined)
    throw new OutputInvalid(`The output '${name}' cannot be written as JSON: it is ${describe(value)}.`);
  return text;
}

function outputsOf(returned) {
  let result = returned ?? {};
  if (Array.isArray(result) && result.length === 1) result = result[0];
  if (result === null || typeof result !== "object" || Array.isArray(result)) {
    throw new OutputInvalid(`The handler must return an object of its outputs, but it returned ${describe(result)}.`);
  }
  return result;
}

// Turns what a handler returned into the text of an answer, with whatever is too large for it streamed ahead.
class OutputWriter {
  constructor(channel, callId, declared, systemLine) {
    this.declared = new Map(declared.map((output) => [output.name, output.type]));
    this.streams = new OutputStreams(channel, callId);
    this.systemLine = systemLine;
  }

  async convert(returned) {
    const encoded = [];
    for (const [name, value] of Object.entries(outputsOf(returned))) {
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
      return stringify({ stream: await this.streams.sendFile(name, pathOf(name, type, value)) });
    }
    if (type === "directory") {
      return stringify({ stream: await this.streams.sendDirectory(name, pathOf(name, type, value)) });
    }
    if (typeof value === "bigint") return stringify({ int: value.toString() });
    const isBytes = type === "bytes" && value instanceof Uint8Array;
    const text = textOf(name, isBytes ? Buffer.from(value).toString("base64") : value);
    if (text.length <= streamedValueBytes) return `{"json":${text}}`;
    return stringify({ stream: await this.streams.sendValue(name, text) });
  }
}

exports.OutputWriter = OutputWriter;
