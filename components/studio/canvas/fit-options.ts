/** How a whole graph is shown: never larger than its steps are drawn. */
export const fitOptions = { padding: 0.1, maxZoom: 1 };
