// Lets callers in to what the package serves on a port of its sandbox's own, which nothing else reaches. Some connections
// are kept to spare on a socket of the platform's. A byte on one of them means that a caller has come: it is joined with
// the port, or told that nothing listens there.
"use strict";

const net = require("node:net");

const spares = 4;
const againMs = 1_000;
const answers = { connected: Buffer.from([1]), refused: Buffer.from([2]) };
const connect = net.Socket.prototype.connect;

// Not by way of what a handler's own connections go through.
function dial(options) {
  const socket = new net.Socket({ allowHalfOpen: true });
  connect.call(socket, options);
  return socket;
}

function keepSpare(settings) {
  const caller = dial({ path: settings.path });
  let isCalled = false;
  caller.unref();
  caller.on("error", () => {});
  caller.once("readable", () => {
    // At the end of a connection there is nothing to read.
    if (caller.read(1) === null) return caller.destroy();
    isCalled = true;
    caller.ref();
    takeIn(caller, settings.port);
    keepSpare(settings);
  });
  caller.once("close", () => {
    if (!isCalled) setTimeout(keepSpare, againMs, settings).unref();
  });
}

function takeIn(caller, port) {
  const served = dial({ host: "127.0.0.1", port });
  let isJoined = false;
  served.once("connect", () => {
    isJoined = true;
    caller.write(answers.connected);
    caller.pipe(served).pipe(caller);
  });
  served.on("error", () => {
    if (isJoined) caller.destroy();
    else caller.end(answers.refused);
  });
  served.once("close", (hadError) => hadError && isJoined && caller.destroy());
  caller.on("error", () => served.destroy());
  caller.once("close", () => served.destroy());
}

exports.letIn = (settings) => {
  for (let count = 0; count < spares; count++) keepSpare(settings);
};
