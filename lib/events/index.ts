export { watchProject } from "./watch-project";
