/** A workflow over the two packages beside this folder: one says a text louder, the other counts its words. */
export function summaryWorkflow({ name = "Summarise a text", path = "/summaries", patience = 20 } = {}): string {
  return `
kind: Workflows
spec:
  human_name: ${name}
  description: Says it loud and counts the words
  functions:
    - id: api
      from: httpapijson
      inputs_values: {summary: ${name}, path: ${path}, method: POST, async_reply_timeout: ${patience}}
      outputs:
        - {name: text, type: longstring, origin: body, human_name: Text, help: What to summarise}
        - {name: seconds, type: float, origin: body, optional: true, human_name: Seconds}
      streams_to: [shout]
    - id: shout
      from: shout
      name: Shout it
      inputs_values: {text: =api.text, seconds: =api.seconds}
      streams_to: [count]
    - id: count
      from: count-words
      name: Count the words
      inputs_values: {text: =shout.shouted}
  results:
    - {key: loud, value: =shout.shouted}
    - {key: words, value: =count.words}
`;
}
