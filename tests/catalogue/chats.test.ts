import { beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/lib/free-port.mjs";
import { borrow } from "../support/borrow";
import { type Handler, serverName } from "../support/handler";
import type { HttpServer } from "../support/servers";

const { handlerOf, serve } = borrow();

const json = (value: unknown) => JSON.parse(String(value));

describe("chat-alert", () => {
  let handler: Handler;
  let server: HttpServer;
  const counts = new Map<string, number>();
  beforeAll(async () => {
    handler = await handlerOf("chat-alert");
    server = await serve((request, response) => {
      const path = request.url ?? "";
      counts.set(path, (counts.get(path) ?? 0) + 1);
      if (path.startsWith("/busy") && counts.get(path) === 1)
        return void response.writeHead(429, { "retry-after": "0.2" }).end();
      if (path.startsWith("/gone")) return void response.writeHead(404).end("no_service");
      if (path.startsWith("/slow")) return void setTimeout(() => response.end(), 3_000);
      response.writeHead(path.startsWith("/discord") ? 204 : 200).end("ok");
    });
  }, 120_000);

  const sent = async (inputs: Record<string, unknown>, path = `/slack/${Math.random()}`) => {
    const outputs = await handler.outputsOf({ webhook_url: server.url + path, text: "3 rows", ...inputs });
    return { outputs, message: json(server.requests.find(({ url }) => url === path)?.body) };
  };

  it.concurrent("speaks Slack's form", async () => {
    const { message } = await sent({ title: "Import ☀", level: "error", fields: '{"file": "a.csv", "rows": 3}' });
    expect(message.attachments).toEqual([
      expect.objectContaining({
        title: "Import ☀",
        text: "3 rows",
        color: "#cc3d3d",
        fields: [
          { title: "file", value: "a.csv", short: true },
          { title: "rows", value: "3", short: true },
        ],
      }),
    ]);
  });

  it.concurrent("speaks Discord's and Teams' forms", async () => {
    const discord = await sent({ service: "discord", text: "@everyone" }, "/discord/1");
    expect(discord).toMatchObject({
      outputs: { status: 204 },
      message: { embeds: [{ description: "@everyone" }], allowed_mentions: { parse: [] } },
    });
    const { message } = await sent({ service: "teams", title: "T" });
    expect(message.attachments[0].content.body.map((block: { text: string }) => block.text)).toEqual(["T", "3 rows"]);
  });

  it.concurrent("tries again when it is told to, and cuts what is too long", async () => {
    const { outputs } = await sent({}, "/busy/1");
    expect([outputs.status, counts.get("/busy/1")]).toEqual([200, 2]);
    const { message } = await sent({ service: "discord", text: "x".repeat(5_000) }, "/discord/long");
    expect(message.embeds[0].description).toHaveLength(4_000);
  });

  it.concurrent("never says the address, which is the secret", async () => {
    const port = await freePort();
    const failures = await Promise.all([
      handler.failureOf({ webhook_url: `${server.url}/gone/secret`, text: "x" }),
      handler.failureOf({ webhook_url: `${server.url}/slow/secret`, text: "x", timeout: 0.5 }),
      handler.failureOf({ webhook_url: `http://${serverName}:${port}/secret`, text: "x" }),
      handler.failureOf({ webhook_url: "secret", text: "x" }),
    ]);
    expect(failures).toEqual([
      expect.stringMatching(/refused the message with 404: no_service/),
      expect.stringMatching(/TimeoutError/),
      expect.stringMatching(/hung up or cannot be reached: ./),
      expect.stringMatching(/not an address/),
    ]);
    expect(failures.join()).not.toContain("secret");
  });
});

describe("llm-chat", () => {
  let handler: Handler;
  let server: HttpServer;
  let busy = 0;
  const answerOf = (content: unknown, more = {}) => ({
    model: "model-1",
    choices: [{ message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 5, completion_tokens: 2 },
    ...more,
  });
  beforeAll(async () => {
    handler = await handlerOf("llm-chat");
    server = await serve((request, response, body) => {
      const asked = JSON.parse(body.toString());
      const prompt = asked.messages.at(-1).content;
      const send = (document: unknown, status = 200) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(document));
      if (!request.url?.endsWith("/v1/chat/completions")) return void send({ detail: "Not Found" }, 404);
      if (prompt === "busy" && ++busy < 3) return void response.writeHead(429, { "retry-after": "0" }).end();
      if (prompt === "unknown model") return void send({ error: { message: "The model `x` does not exist" } }, 404);
      if (prompt === "refuse") return void send({ choices: [{ message: { content: null, refusal: "I will not" } }] });
      if (prompt === "strange") return void send({ hello: "world" });
      if (prompt === "slow") return void setTimeout(() => send(answerOf("late")), 3_000);
      if (prompt === "cut")
        return void send({ choices: [{ message: { content: '{"a": ' }, finish_reason: "length" }] });
      send(answerOf(prompt === "json" ? '{"a": 1}' : `You said ${prompt}`));
    });
  }, 120_000);

  const ask = (prompt: string, more: Record<string, unknown> = {}) =>
    handler.run({ base_url: `${server.url}/v1/`, model: "m", prompt, ...more });

  it.concurrent("sends the conversation, and gives the answer with its costs", async () => {
    const history = '[{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]';
    const settings = { temperature: 0, max_tokens: 9, options: '{"seed": 7}', api_key: "sk-1" };
    const { outputs } = await ask("hello ☀", { system: "Be brief", history, ...settings });
    expect(outputs).toEqual({
      text: "You said hello ☀",
      finish_reason: "stop",
      model: "model-1",
      prompt_tokens: 5,
      completion_tokens: 2,
    });
    const seen = server.requests.find(({ body }) => body.includes("hello"));
    expect(seen?.headers.authorization).toBe("Bearer sk-1");
    expect(json(seen?.body)).toMatchObject({ model: "m", temperature: 0, max_tokens: 9, seed: 7 });
    expect(json(seen?.body).messages.map((message: { role: string }) => message.role)).toEqual([
      ...["system", "user", "assistant", "user"],
    ]);
  });

  it.concurrent("asks for JSON, by a schema where there is one, and holds the answer to it", async () => {
    expect((await ask("json", { answer_as: "json", schema: '{"type": "object"}' })).outputs?.text).toBe('{"a": 1}');
    const seen = server.requests.find(({ body }) => body.includes('"json"'));
    expect(json(seen?.body).response_format).toMatchObject({
      type: "json_schema",
      json_schema: { schema: { type: "object" } },
    });
    expect((await ask("no", { answer_as: "json" })).error).toMatch(/answer is not JSON. It begins: You said no/);
    expect((await ask("cut", { answer_as: "json" })).error).toMatch(/It was cut at max_tokens/);
  });

  it.concurrent("waits while the server is busy, and only so long", async () => {
    expect((await ask("busy")).outputs?.text).toBe("You said busy");
    expect((await ask("slow", { timeout: 0.5 })).error).toMatch(
      /TimeoutError: The model has not answered within 0.5 s/,
    );
  });

  it.concurrent.each([
    ["unknown model", {}, /refused with 404: The model `x` does not exist/],
    ["refuse", {}, /The model refused: I will not/],
    ["strange", {}, /does not answer as an OpenAI-compatible server/],
    ["x", { history: "[1]" }, /needs a role and a content/],
    ["x", { options: "[]" }, /options must be a JSON object/],
    ["x", { base_url: "nowhere" }, /not an address/],
  ])("says why %s %j does not work", async (prompt, inputs, message) => {
    expect((await ask(prompt, inputs)).error).toMatch(message);
  });
});
