import { Field, Input } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import type { ActionVersionResource } from "@/lib/actions/contract";
import type { Issue } from "@/lib/errors";
import { serviceOf } from "@/lib/workflows/definition/check-service";
import { Problems } from "@/lib/workflows/definition/problems";
import type { WorkflowNode } from "@/lib/workflows/definition/schema";
import { setServiceParameter } from "../edits/service";
import { useStudio } from "../use-studio";

interface ServiceSettingsProps {
  node: WorkflowNode;
  action: Pick<ActionVersionResource, "addons">;
  problems: Map<string, Issue>;
}

/** Where a trigger that serves HTTP is called; nothing for one that does not. */
export function ServiceSettings({ node, action, problems }: ServiceSettingsProps) {
  const { editor, canEdit } = useStudio();
  const service = serviceOf(node, action, new Problems());
  if (!service) return null;
  const own = node.addons?.http_service ?? {};
  const packaged = action.addons.http_service ?? {};
  const shown = (name: string) => String(own[name] ?? "");
  const otherwise = (name: string, none: string) => String(packaged[name] ?? none);
  const errorOf = (name: string) => problems.get(`addons.http_service.${name}`)?.message;
  const change = (name: string, value: string | number | boolean | undefined) =>
    editor.edit((d) => setServiceParameter(d, node.id, name, value), `${name} of ${node.id}`);
  return (
    <section aria-label="What it serves" className="flex flex-col gap-5 border-line border-t pt-4">
      <h3 className="font-medium text-sm">What it serves</h3>
      <Field
        label="Path"
        error={errorOf("endpoint_prefix")}
        help="Calls of this path and all below it go to the trigger's own process."
      >
        {(control) => (
          <Input
            {...control}
            disabled={!canEdit}
            value={shown("endpoint_prefix")}
            placeholder={service.prefix === "/" ? "/hooks" : service.prefix}
            onChange={({ target }) => change("endpoint_prefix", target.value || undefined)}
          />
        )}
      </Field>
      <Field label="Port" isOptional error={errorOf("port")} help="Where its process listens, if it is not told where.">
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            disabled={!canEdit}
            value={shown("port")}
            placeholder={otherwise("port", "")}
            onChange={({ target }) => change("port", target.value || undefined)}
          />
        )}
      </Field>
      <Switch
        label="Leave the path out of what it is asked for"
        checked={service.strip}
        disabled={!canEdit}
        onChange={(strip) => change("strip_path_prefix", strip)}
      />
    </section>
  );
}
