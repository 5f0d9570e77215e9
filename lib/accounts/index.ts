export { issueToken, tokenPrefix } from "./issue-token";
export { signIn } from "./sign-in";
export { signInWithIdentity } from "./sign-in-with-identity";
export { signOut } from "./sign-out";
export { createInvitedAccount, signUp, whySignUpIsClosed } from "./sign-up";
export { countAccounts, findTokenOwner, findUser } from "./store";
export { verifyCredentials } from "./verify-credentials";
export { whoAmI } from "./who-am-i";
