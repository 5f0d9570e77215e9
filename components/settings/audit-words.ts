/** What was done, in words; what has none is shown as it is. Pure. */
const words: Record<string, string> = {
  "project.create": "created the project",
  "project.update": "changed the project",
  "member.invite": "invited somebody",
  "member.uninvite": "took back an invitation",
  "member.join": "joined",
  "member.leave": "left",
  "member.remove": "removed a member",
  "member.role": "changed a member's role",
  "key.create": "made an API key",
  "key.revoke": "revoked an API key",
  "variable.set": "set a variable",
  "variable.unset": "deleted a variable",
  "action.push": "pushed an action",
  "action.delete": "deleted an action",
  "action.grant": "granted an action its network",
  "source.add": "added a repository",
  "source.update": "changed a repository",
  "source.scan": "had a repository scanned",
  "source.hook": "made a repository's webhook link",
  "source.remove": "removed a repository",
  "workflow.create": "created a workflow",
  "workflow.clone": "cloned a workflow",
  "workflow.import": "imported a workflow",
  "workflow.update": "edited a workflow",
  "workflow.publish": "published a workflow",
  "workflow.deploy": "deployed a workflow",
  "workflow.stop": "stopped a workflow",
  "workflow.delete": "deleted a workflow",
  "run.cancel": "canceled a run",
  "run.replay": "replayed a run",
  "run.delete": "deleted a run",
  "limits.set": "changed limits",
  "event.redeliver": "delivered an event again",
};

export function auditWords(action: string): string {
  return words[action] ?? action;
}

export const auditAbouts = [
  { value: "", label: "Everything" },
  { value: "workflow", label: "Workflows" },
  { value: "action", label: "Library" },
  { value: "source", label: "Library sources" },
  { value: "run", label: "Runs" },
  { value: "member", label: "Members" },
  { value: "key", label: "API keys" },
  { value: "variable", label: "Variables" },
  { value: "limits", label: "Limits" },
  { value: "project", label: "Project" },
] as const;
