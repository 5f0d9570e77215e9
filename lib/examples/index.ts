export { addExample } from "./add-example";
export { listExamples } from "./list-examples";
