// `npm start`: installs what is missing, compiles the launcher and hands over to it.
import { assertNodeVersion, installDependencies, projectRoot } from "./install.mjs";

assertNodeVersion();
process.chdir(projectRoot);
installDependencies();
const { compile } = await import("./compile.mjs");
await compile();
await import("../dist/launcher.mjs");
