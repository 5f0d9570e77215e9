/** Host users from here on belong to sandboxes, one for each project. */
const firstSandboxUid = 200_000;

export const sandboxUid = (sandboxNumber: number) => firstSandboxUid + sandboxNumber;
