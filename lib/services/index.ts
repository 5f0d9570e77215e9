export { connectToService } from "./connect";
export { isPass, passFor, passHeader, serviceName } from "./pass";
