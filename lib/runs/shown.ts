/** What stands for a secret wherever values are shown. Pure. */
export const hiddenSecret = "••••••";
