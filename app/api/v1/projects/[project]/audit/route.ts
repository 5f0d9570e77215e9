import { listAudit } from "@/lib/audit";
import { listAuditContract } from "@/lib/audit/contract";
import { route } from "@/lib/http/route";

export const GET = route(listAuditContract, listAudit, ({ query }) => query);
