/** Finds a text, in capitals or not, as it is typed. Pure. */
export const patternOf = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
