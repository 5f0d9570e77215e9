export { allowedMethods } from "./allowed-methods";
export { answerProjectDocument } from "./answer-project-document";
export { contracts } from "./contracts";
export { showProductDocument } from "./show-product-document";
