export { connectToService, serviceUnavailable } from "./connect";
export { isPass, passFor, passHeader, serviceName } from "./pass";
