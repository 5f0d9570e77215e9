import { readPackage } from "@/lib/actions";
import { readPackageContract } from "@/lib/actions/contract";
import { route } from "@/lib/http/route";

export const GET = route(readPackageContract, readPackage, ({ params }) => ({
  actionId: params.action,
  version: params.version,
}));
