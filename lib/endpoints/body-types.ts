import { type IoType, isFileType } from "@/lib/values/types";
import type { EndpointContract, EndpointInput } from "@/lib/workflows/definition/plan";

/** Which bodies an endpoint takes: what reads them and what documents them ask here, so that both say the same. Pure. */
export interface AcceptedBodies {
  json: boolean;
  /** `multipart/form-data` */
  form: boolean;
}

export function bodyInputsOf(contract: Pick<EndpointContract, "inputs">): EndpointInput[] {
  return contract.inputs.filter((input) => input.origin === "body");
}

/** Whether a form's part is taken for its bytes and not for its text. */
export function isUploaded(type: IoType): boolean {
  return isFileType(type) || type === "bytes";
}

/** Without anything to upload a form has no use, and JSON has none where a file must come with it. */
export function acceptedBodies(bodyInputs: Pick<EndpointInput, "type" | "optional">[]): AcceptedBodies {
  return {
    json: !bodyInputs.some((input) => isFileType(input.type) && !input.optional),
    form: bodyInputs.some((input) => isUploaded(input.type)),
  };
}
