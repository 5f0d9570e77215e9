import type { FieldErrors } from "@/components/forms/field-errors";

export interface Sent {
  runId: string;
  /** On this site: the public address may be another one than the page was opened at. */
  resultPath: string;
}

/** The server refused the form, with what it says of single fields. */
export class FormRefused extends Error {
  override name = "FormRefused";

  constructor(
    message: string,
    readonly fields: FieldErrors,
  ) {
    super(message);
  }
}

interface Problem {
  message?: string;
  errors?: { path: string; message: string }[];
}

function refusalOf(text: string): FormRefused {
  let problem: Problem = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    // A proxy's answer: what can be said of it is said below.
  }
  const fields = (problem.errors ?? []).map(({ path, message }) => [path.replace(/^body\./, ""), `This ${message}.`]);
  return new FormRefused(
    problem.message ?? "The form could not be sent. Try again in a moment.",
    Object.fromEntries(fields),
  );
}

/**
 * Sends a form, and tells how much of it has gone out, which `fetch` cannot.
 * @param key names this filling-in: sent again, it is still one
 * @throws FormRefused
 */
export function sendForm(
  action: string,
  parts: FormData,
  key: string,
  onProgress: (part: number) => void,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = ({ loaded, total }) => total > 0 && onProgress(loaded / total);
    request.onerror = () => reject(refusalOf(""));
    request.onload = () => {
      if (request.status !== 201) return reject(refusalOf(request.responseText));
      const { workflow_run_id: runId, result_link: link } = JSON.parse(request.responseText);
      const { pathname, search } = new URL(link);
      resolve({ runId, resultPath: pathname + search });
    };
    request.send(parts);
  });
}
