module.exports = (inputs) => {
  const words = inputs.text.split(/\s+/).filter(Boolean);
  console.log(`counted ${words.length} words`);
  return { words: words.length };
};
