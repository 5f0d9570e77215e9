export { callEndpoint } from "./call-endpoint";
export { callerKey } from "./caller-key";
export { isPreflight, preflightAnswer, withCors } from "./cors";
export { type FormResource, findLiveForm, presentForm } from "./live-form";
export { endpointFailure, endpointProblem } from "./problem";
export { resultByLink } from "./result-by-link";
export { findRoutes, type LiveEndpoint, type ProjectRoutes } from "./router";
export { ryaxResult } from "./ryax-result";
export { submitForm } from "./submit-form";
