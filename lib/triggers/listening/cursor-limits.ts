/** What one trigger may keep; a value's bytes are of JSON. A cursor says how far a source was read; it is no store. */
export const cursorLimits = { keys: 1_000, keyChars: 200, valueBytes: 16 * 1024 } as const;
