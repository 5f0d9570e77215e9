export const bareQueue = "bare";
