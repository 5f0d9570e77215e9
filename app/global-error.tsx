"use client";
import ErrorPage from "./error";
import "./globals.css";

/** For when the root layout itself fails. */
export default function GlobalErrorPage(props: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
