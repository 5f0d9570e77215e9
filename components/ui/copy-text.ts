import { showToast } from "./toast-store";

/** Puts a text on the clipboard. @returns false where that is not allowed, which the reader is told with a `hint` */
export async function copyText(text: string, hint = "Select it by hand."): Promise<boolean> {
  try {
    // There is no clipboard where the page was not reached over https or localhost.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    showToast({ tone: "error", title: "The browser does not allow copying here", detail: hint });
    return false;
  }
}
