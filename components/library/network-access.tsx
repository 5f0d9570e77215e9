"use client";
import { Globe } from "lucide-react";
import { type FormEvent, useState } from "react";
import { checkForm, fieldErrors, generalError } from "@/components/forms/field-errors";
import { FormError } from "@/components/forms/form-error";
import { useMay } from "@/components/projects/use-project";
import { useVerb } from "@/components/query/use-verb";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Textarea } from "@/components/ui/field";
import { OptionSelect } from "@/components/ui/option-select";
import { Section } from "@/components/ui/section";
import { RelativeTime } from "@/components/ui/time";
import { showToast } from "@/components/ui/toast-store";
import type { NetworkGrant } from "@/lib/actions/contract";
import type { NetworkAccess, NetworkPolicy } from "@/lib/actions/network";
import { grantNetworkOperation } from "@/lib/actions/operations";
import { callApi } from "@/lib/http/client";

const labels: Record<NetworkPolicy, string> = {
  off: "Nothing",
  "allow-list": "Some hosts",
  on: "Any host on the internet",
};
const policies = Object.keys(labels) as NetworkPolicy[];

function Access({ policy, hosts }: NetworkAccess) {
  if (policy !== "allow-list") return <>{labels[policy]}</>;
  return <code className="break-all font-mono text-xs">{hosts.join(", ")}</code>;
}

/** A grant that gives all that was asked for leaves nothing to do. */
function isEnough(wanted: NetworkAccess, grant: NetworkAccess): boolean {
  if (wanted.policy === "off" || grant.policy === "on") return true;
  return wanted.policy === "allow-list" && wanted.hosts.every((host) => grant.hosts.includes(host));
}

interface NetworkSectionProps {
  projectId: string;
  actionId: string;
  wanted: NetworkAccess;
  grant: NetworkGrant;
}

/** What an action may reach, beside what its package asks for. */
export function NetworkSection({ projectId, actionId, wanted, grant }: NetworkSectionProps) {
  const mayGrant = useMay("actions.grant");
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Network"
      description="What its handler may reach. Holds for every version, from the next call on."
      actions={mayGrant && <Button onClick={() => setOpen(true)}>Change</Button>}
    >
      <div className="flex flex-col gap-3 px-5 py-4 text-sm">
        {!isEnough(wanted, grant) && (
          <Banner tone="warning" icon={<Globe size={16} />}>
            Its package asks for more than it is granted: <Access {...wanted} />.
          </Banner>
        )}
        <p>
          <Access {...grant} />
          {grant.grantedAt && (
            <span className="text-ink-faint">
              {" "}
              · granted <RelativeTime at={grant.grantedAt} />
            </span>
          )}
        </p>
      </div>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="What may it reach?"
        description="Private addresses and this server's own services stay out of reach in any case."
      >
        <GrantForm
          projectId={projectId}
          actionId={actionId}
          proposed={grant.grantedAt === null ? wanted : grant}
          onClose={() => setOpen(false)}
        />
      </Dialog>
    </Section>
  );
}

interface GrantFormProps {
  projectId: string;
  actionId: string;
  proposed: NetworkAccess;
  onClose: () => void;
}

function GrantForm({ projectId, actionId, proposed, onClose }: GrantFormProps) {
  const [policy, setPolicy] = useState(proposed.policy);
  const [hosts, setHosts] = useState(proposed.hosts.join("\n"));
  const grant = useVerb({
    projectId,
    failure: "It could not be granted",
    showsOwnErrors: true,
    run: async () => {
      const listed = policy === "allow-list" ? hosts.split(/[\s,]+/).filter(Boolean) : [];
      const schema = async () => (await import("@/lib/actions/contract")).grantNetworkSchema;
      const body = await checkForm(schema, { policy, hosts: listed });
      return callApi(grantNetworkOperation, { params: { project: projectId, action: actionId }, body });
    },
    onSuccess: () => {
      showToast({ tone: "success", title: "Granted" });
      onClose();
    },
  });
  const errors = fieldErrors(grant.error);
  const wrongHost = Object.keys(errors).find((name) => name.startsWith("hosts"));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    grant.mutate(undefined);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError message={generalError(grant.error, Object.keys(errors))} />
      <Field label="It may reach">
        {(control) => (
          <OptionSelect {...control} value={policy} options={policies} labels={labels} onChange={setPolicy} />
        )}
      </Field>
      {policy === "allow-list" && (
        <Field
          label="Hosts"
          error={wrongHost && errors[wrongHost]}
          help="One a line: api.example.com, *.example.com or db.example.com:5432. Without a port, 80 and 443."
        >
          {(control) => (
            <Textarea
              {...control}
              spellCheck={false}
              className="font-mono text-xs"
              value={hosts}
              onChange={(event) => setHosts(event.target.value)}
            />
          )}
        </Field>
      )}
      <DialogActions>
        <Button type="submit" look="primary" isBusy={grant.isPending}>
          Save
        </Button>
      </DialogActions>
    </form>
  );
}
