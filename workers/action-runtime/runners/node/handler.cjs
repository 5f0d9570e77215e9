"use strict";

const path = require("node:path");
const { pathToFileURL } = require("node:url");

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

exports.loadHandler = loadHandler;
