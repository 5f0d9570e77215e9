export { callEndpoint } from "./call-endpoint";
export { callerKey } from "./caller-key";
export { endpointProblem } from "./problem";
export { resultByLink } from "./result-by-link";
export { type LiveEndpoint, type ProjectRoutes, routesOf } from "./router";
export { ryaxResult } from "./ryax-result";
