"use strict";

const fs = require("node:fs");
const { parse } = require("./frames.cjs");

function convertInput(type, value) {
  return type === "bytes" && typeof value === "string" ? Buffer.from(value, "base64") : value;
}

// What a call brings, as the handler gets it: what is a file is its path, and a large value waits in one.
exports.inputsOf = function inputsOf(call, types) {
  const inputs = {};
  for (const [name, value] of Object.entries(call.inputs)) inputs[name] = convertInput(types.get(name), value);
  for (const { input, kind, path } of call.files) {
    inputs[input] = kind === "value" ? convertInput(types.get(input), parse(fs.readFileSync(path, "utf8"))) : path;
  }
  return inputs;
};
