export { showUsage } from "./show-usage";
export { rollUpUsage } from "./store";
