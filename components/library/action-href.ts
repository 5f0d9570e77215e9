import type { ActionVersionResource } from "@/lib/actions/contract";

export function actionHref(projectId: string, action: Pick<ActionVersionResource, "id" | "version">): string {
  return `/${projectId}/library/${encodeURIComponent(action.id)}/${encodeURIComponent(action.version)}`;
}
