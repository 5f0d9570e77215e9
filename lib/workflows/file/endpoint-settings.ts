/** Names that the settings of an HTTP API trigger bear in files and on Ryax's screens, case and punctuation left out. */
const spellings: Record<string, string[]> = {
  summary: ["summary", "openapisummary"],
  tags: ["tags", "openapitags"],
  description: ["description", "openapidescription"],
  path: ["path", "endpoint", "endpointpath", "httpendpointpath", "templatedendpointpath", "templatedhttpendpointpath"],
  method: ["method", "httpmethod"],
  success_status_code: ["successstatuscode", "httpsuccessstatuscode", "statuscode", "successcode"],
  async_reply_timeout: ["asyncreplytimeout", "asynchronousreplytimeout", "replytimeout", "timeout"],
};

const bySpelling = new Map(
  Object.entries(spellings).flatMap(([name, all]) => all.map((spelling) => [spelling, name] as const)),
);

export function endpointSettingName(written: string): string | undefined {
  return bySpelling.get(written.toLowerCase().replace(/[^a-z0-9]/g, ""));
}
