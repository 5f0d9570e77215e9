#!/usr/bin/env node
// What this instance allows one project: for its operator, on the machine that it runs on.
import { compile } from "./compile.mjs";
import { assertNodeVersion } from "./install.mjs";

assertNodeVersion();
await compile(["limits"]);
await import("../dist/limits.mjs");
