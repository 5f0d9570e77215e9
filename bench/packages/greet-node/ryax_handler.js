module.exports = (inputs) => ({ greeting: `Hello ${inputs.name}!` });
