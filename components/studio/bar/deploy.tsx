import { Rocket } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DeployDialog } from "@/components/workflows/deploy-dialog";
import type { Autosave } from "../saving/autosave";
import { useStudio } from "../use-studio";

/** Makes the draft live as it stands on the canvas. */
export function Deploy({ autosave, isDisabled }: { autosave: Autosave; isDisabled: boolean }) {
  const { workflow } = useStudio();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        look="primary"
        icon={<Rocket size={14} />}
        disabled={isDisabled}
        title={isDisabled ? "The draft has errors: mend them first" : undefined}
        onClick={() => setAsking(true)}
      >
        Deploy
      </Button>
      <DeployDialog
        workflow={workflow}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        beforeReading={async () => {
          if ((await autosave.settle()) === null) throw new Error("Your edits are not saved yet.");
        }}
      />
    </>
  );
}
