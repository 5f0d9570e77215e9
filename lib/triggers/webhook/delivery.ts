import type { JsonValue } from "@/lib/values";
import type { WebhookContract } from "@/lib/workflows/definition/plan";
import { isJsonObject, type JsonObject } from "./json-object";

/** What a service calls a delivery and what it is about; null where it does not say. Pure. */

export interface DeliveryNames {
  delivery: string | null;
  event: string | null;
}

const text = (value: JsonValue | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null;

/** Slack names what it sends by its events' ids, and by triggers where people have done something. */
function slackNames(json: JsonObject | null): DeliveryNames {
  const event = json?.event;
  const type = isJsonObject(event) ? text(event.type) : null;
  return {
    delivery: text(json?.event_id) ?? text(json?.trigger_id),
    event: type ?? text(json?.type) ?? text(json?.command),
  };
}

/** As `hubspot-contact` has them: HubSpot says of no single one that it is not used again. */
const hubspotParts = ["portalId", "subscriptionId", "eventId", "occurredAt"];

/** HubSpot names the events of a delivery and not the delivery, whose count of attempts is another one when it comes again. */
function hubspotNames(events: JsonObject[]): DeliveryNames {
  const names = events.map((event) => hubspotParts.map((part) => event[part] ?? "").join("/"));
  const types = new Set(events.map((event) => text(event.subscriptionType)));
  const [type = null] = types;
  const areNamed = events.length > 0 && events.every((event) => hubspotParts.every((part) => part in event));
  return { delivery: areNamed ? names.join(",") : null, event: types.size === 1 ? type : null };
}

/** @param content the body, where it is a JSON object or a list */
export function deliveryNames(
  { verification, deliveryHeader }: Pick<WebhookContract, "verification" | "deliveryHeader">,
  headers: Headers,
  content: JsonObject | JsonValue[] | null,
): DeliveryNames {
  const list = Array.isArray(content) ? content : [];
  const json = Array.isArray(content) ? null : content;
  const header = (name: string) => headers.get(name) || null;
  const own = deliveryHeader === "" ? null : header(deliveryHeader);
  switch (verification) {
    case "github":
      return { delivery: own ?? header("x-github-delivery"), event: header("x-github-event") };
    case "gitlab":
      return {
        delivery: own ?? header("idempotency-key") ?? header("x-gitlab-event-uuid"),
        event: header("x-gitlab-event"),
      };
    case "stripe":
      return { delivery: own ?? text(json?.id), event: text(json?.type) };
    case "slack": {
      const names = slackNames(json);
      return { ...names, delivery: own ?? names.delivery };
    }
    case "standard":
      return { delivery: own ?? header("webhook-id") ?? header("svix-id"), event: text(json?.type) };
    case "hubspot": {
      const names = hubspotNames(json ? [json] : list.filter(isJsonObject));
      return { ...names, delivery: own ?? names.delivery };
    }
    case "hmac":
    case "none":
      return { delivery: own, event: null };
  }
}
