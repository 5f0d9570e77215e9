/** How a whole graph is shown: never larger than its steps are drawn. */
export const fitOptions = { padding: 0.1, maxZoom: 1 };

/** In a part of a page, which has less room to spare. */
export const tightFitOptions = { ...fitOptions, padding: 0.04 };
