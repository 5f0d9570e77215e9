export { cleanProject } from "./clean-project";
