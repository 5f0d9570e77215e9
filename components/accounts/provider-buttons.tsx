"use client";
import { KeyRound } from "lucide-react";
import { signIn } from "next-auth/react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

export interface ProviderChoice {
  id: string;
  name: string;
}

/** Ways to sign in elsewhere; nothing where the instance has none. */
export function ProviderButtons({ providers, from }: { providers: ProviderChoice[]; from: string }) {
  const [chosen, setChosen] = useState<string>();
  if (providers.length === 0) return null;
  return (
    <div className="mt-6 flex flex-col gap-2">
      <div className="mb-2 flex items-center gap-3 text-ink-faint text-xs">
        <span className="h-px flex-1 bg-line" />
        or
        <span className="h-px flex-1 bg-line" />
      </div>
      {providers.map((provider) => (
        <Button
          key={provider.id}
          size="lg"
          icon={<KeyRound size={15} />}
          isBusy={chosen === provider.id}
          onClick={() => {
            setChosen(provider.id);
            void signIn(provider.id, { callbackUrl: from });
          }}
        >
          Continue with {provider.name}
        </Button>
      ))}
    </div>
  );
}
