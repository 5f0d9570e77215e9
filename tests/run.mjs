// `npm test [-- stage …]`: everything from a fresh clone. Plain JavaScript on Node's own modules until things are installed.
import { assertNodeVersion, installDependencies, projectRoot } from "../bin/install.mjs";
import { say, sayLastLine } from "./runner/output.mjs";
import { Session } from "./runner/session.mjs";
import { chooseStages, runStages } from "./runner/stages.mjs";
import { Tally } from "./runner/tally.mjs";

assertNodeVersion();
process.chdir(projectRoot);
const tally = new Tally();
const session = new Session(tally);
try {
  const wanted = chooseStages(process.argv.slice(2));
  installDependencies();
  await runStages(session, tally, wanted);
} catch (error) {
  if (!session.interrupted) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    tally.fail("the run itself", error instanceof Error ? error.message : String(error));
  }
}
await session.close();
sayLastLine(tally);
process.exit(session.interrupted ? 130 : tally.failed > 0 ? 1 : 0);
