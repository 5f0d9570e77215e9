import type { SourceSchedule } from "@/drizzle/enums";
import type { BodyInputOf } from "@/lib/http/contract";
import type { addSourceContract, SourceResource, updateSourceContract } from "@/lib/sources/contract";

/** What is typed. `keep` leaves credentials as they are, which are shown to nobody. */
export interface SourceValues {
  url: string;
  branch: string;
  schedule: SourceSchedule;
  access: "none" | "password" | "deploy_key" | "keep";
  username: string;
  password: string;
  privateKey: string;
}

export function valuesOf(source: SourceResource | null): SourceValues {
  return {
    url: source?.url ?? "",
    branch: source?.branch ?? "",
    schedule: source?.schedule ?? "manual",
    access: source?.credentials ? "keep" : "none",
    username: source?.credentials?.username ?? "",
    password: "",
    privateKey: "",
  };
}

type AddBody = BodyInputOf<typeof addSourceContract>;
type UpdateBody = BodyInputOf<typeof updateSourceContract>;

function credentialsOf({ access, username, password, privateKey }: SourceValues): AddBody["credentials"] {
  if (access === "password") return { kind: "password", username, password };
  return access === "deploy_key" ? { kind: "deploy_key", privateKey } : null;
}

const branchOf = ({ branch }: SourceValues) => (branch.trim() === "" ? null : branch);

export function addBody(values: SourceValues): AddBody {
  const { url, schedule } = values;
  return { url, branch: branchOf(values), schedule, credentials: credentialsOf(values) };
}

export function updateBody(values: SourceValues): UpdateBody {
  const kept = values.access === "keep" ? {} : { credentials: credentialsOf(values) };
  return { branch: branchOf(values), schedule: values.schedule, ...kept };
}
