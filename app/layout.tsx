import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { QueryProvider } from "@/components/query/provider";
import { themeCookie, themeOf } from "@/components/shell/theme";
import { CutTitles } from "@/components/ui/cut-titles";
import { Toaster } from "@/components/ui/toaster";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Millrace", template: "%s · Millrace" },
  description: "Small functions, hosted as durable, documented APIs.",
};
export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9fafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0c1114" },
  ],
};

/** Reading the cookie also keeps every page from being made at build time, when there is no nonce for its scripts. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme} suppressHydrationWarning>
      <body>
        <QueryProvider>{children}</QueryProvider>
        <Toaster />
        <CutTitles />
      </body>
    </html>
  );
}
