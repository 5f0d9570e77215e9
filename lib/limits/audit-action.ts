/** What the audit log and the live streams call a change of limits. Pure. */
export const limitsAuditAction = "limits.set";
