export { listVariables } from "./list-variables";
export { setVariable } from "./set-variable";
export { findVariables, listVariableRows, type VariableRow } from "./store";
export { unsetVariable } from "./unset-variable";
