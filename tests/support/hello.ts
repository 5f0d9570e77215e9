import type { TestProject } from "./project";

/** An endpoint at `/hello` of a step in each language. */
export async function deployHello(project: TestProject): Promise<void> {
  const outputs = { said: "string" } as const;
  await project.pushCode(
    { id: "hello-python", outputs, code: "def handle(inputs):\n    return {'said': 'hello'}\n" },
    {
      id: "hello-node",
      type: "nodejs",
      inputs: { said: "string" },
      outputs,
      code: "module.exports = ({ said }) => ({ said: said + ' there' });\n",
    },
  );
  await project.deployEndpoint({
    path: "/hello",
    method: "GET",
    steps: {
      python: { use: "hello-python" },
      node: { use: "hello-node", with: { said: "=python.said" }, after: ["python"] },
    },
    results: { said: "node.said" },
  });
}
