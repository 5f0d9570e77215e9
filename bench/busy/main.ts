import { instance } from "@/tests/support/instance";
import { TestProject } from "@/tests/support/project";
import { seedBusy } from "./seed";

const runs = Number(process.argv[2] ?? 50_000);
const say = (text: string) => process.stderr.write(`• ${text} …\n`);

const { url } = instance();
const project = await TestProject.create(url, "Busy project");
const { notable } = await seedBusy(project, runs, say);
const { email, password } = project.admin;
process.stdout.write(`
The busy project is there: ${url}/${project.id}
Sign in as ${email} with the password ${password}

  5 MB of output        ${url}/${project.id}/runs/${notable.largeOutput}
  200 000 lines of log  ${url}/${project.id}/runs/${notable.longLog}
  60 steps              ${url}/${project.id}/runs/${notable.wide}
`);
