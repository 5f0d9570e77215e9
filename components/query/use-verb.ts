import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { showToast } from "@/components/ui/toast-store";
import { ApiError } from "@/lib/http/client";
import { allOfProject } from "./keys";
import { readAgain } from "./read-again";

export interface Verb<Input, Output> {
  projectId: string;
  run: (input: Input) => Promise<Output>;
  /** What is said when it does not work: “The workflow could not be deployed”. */
  failure: string;
  /** The failure is shown where it was asked for, so that nothing else need say it. */
  showsOwnErrors?: boolean;
  onSuccess?: (output: Output, input: Input) => void;
}

/**
 * Something that a person does to the project: failures are said, and what turns out to be gone is taken off the
 * screen. What has changed is read again without waiting for the live stream.
 */
export function useVerb<Input, Output>(verb: Verb<Input, Output>): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient();
  const refresh = () => readAgain(client, allOfProject(verb.projectId));
  return useMutation({
    mutationFn: verb.run,
    onSuccess: (output, input) => {
      verb.onSuccess?.(output, input);
      refresh();
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 404) {
        refresh();
        const detail = `${error.message} The page shows what is there now.`;
        return showToast({ tone: "error", title: "That is no longer there", detail });
      }
      if (!verb.showsOwnErrors) showToast({ tone: "error", title: verb.failure, detail: error.message });
    },
  });
}
