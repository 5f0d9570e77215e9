"use strict";

const fs = require("node:fs");

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

// Whether a call left timers or processes behind.
class LeftOvers {
  constructor(others) {
    this.others = others;
    this.timers = pendingTimers();
  }

  areThere() {
    if (pendingTimers() > this.timers) return true;
    if (this.others === "unknown") return false;
    if (this.others === "signaled") {
      // It cannot be told whether there were any.
      killOthers();
      return false;
    }
    try {
      const mine = new Set(["1", String(process.pid)]);
      return fs.readdirSync("/proc").some((name) => /^\d+$/.test(name) && !mine.has(name));
    } catch {
      return killOthers();
    }
  }
}

exports.LeftOvers = LeftOvers;
