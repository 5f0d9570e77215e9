import { CircleAlert } from "lucide-react";

/** What is wrong with the form as a whole. */
export function FormError({ message }: { message: string | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {message && (
        <p className="flex items-start gap-2 rounded-md border border-danger-line bg-danger-soft px-3 py-2 text-danger text-sm">
          <CircleAlert size={15} className="mt-0.5 shrink-0" aria-hidden="true" />
          {message}
        </p>
      )}
    </div>
  );
}
