const jsonata = require("jsonata");

function parse(name, text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is not JSON: ${error.message}`);
  }
}

function compile(text) {
  try {
    return jsonata(text);
  } catch (error) {
    throw new Error(`The expression cannot be read at character ${error.position}: ${error.message}`);
  }
}

// JSONata's functions are objects of its own.
function isFunction(value) {
  return typeof value === "function" || Boolean(value?._jsonata_function || value?._jsonata_lambda);
}

module.exports = async function handle(inputs) {
  const data = parse("data", inputs.data);
  const variables = parse("variables", inputs.variables || "{}");
  if (typeof variables !== "object" || variables === null || Array.isArray(variables)) {
    throw new Error("variables must be a JSON object.");
  }
  const expression = compile(inputs.expression);
  let result;
  try {
    result = await expression.evaluate(data, variables);
  } catch (error) {
    throw new Error(
      `The expression failed${error.position ? ` at character ${error.position}` : ""}: ${error.message}`,
    );
  }
  if (isFunction(result)) throw new Error("The expression gives a function, which is not JSON.");
  return { result: JSON.stringify(result ?? null), found: result !== undefined };
};
