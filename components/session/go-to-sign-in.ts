let isLeaving = false;

/** The session has ended: signing in comes back to this very page. */
export function goToSignIn(): void {
  if (isLeaving || window.location.pathname === "/sign-in") return;
  isLeaving = true;
  const from = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?${new URLSearchParams({ from, ended: "1" })}`);
}
