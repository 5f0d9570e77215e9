export { listVariables } from "./list-variables";
export { setFileVariable } from "./set-file-variable";
export { setVariable } from "./set-variable";
export { findVariables, listVariableRows, type VariableRow } from "./store";
export { unsetVariable } from "./unset-variable";
