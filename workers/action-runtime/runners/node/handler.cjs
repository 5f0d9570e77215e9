"use strict";

const path = require("node:path");
const { pathToFileURL } = require("node:url");

// The function that the entry exports, itself or under one of these names.
async function loadHandler(entry, root, names) {
  const file = path.join(root, entry);
  let exported;
  try {
    exported = require(file);
  } catch (error) {
    // A module whose top level awaits can only be imported.
    if (error?.code !== "ERR_REQUIRE_ASYNC_MODULE" && error?.code !== "ERR_REQUIRE_ESM") throw error;
    exported = await import(pathToFileURL(file).href);
  }
  const places = [exported, exported?.default].flatMap((place) => [place, ...names.map((name) => place?.[name])]);
  const handler = places.find((candidate) => typeof candidate === "function");
  if (!handler) throw new Error(`${entry} must assign its ${names.at(-1)} function to module.exports.`);
  return handler;
}

exports.loadHandler = loadHandler;
