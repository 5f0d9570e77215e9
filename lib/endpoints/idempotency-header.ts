/** What callers name their calls with, and what answers say of it; the document of endpoints tells of both. Pure. */
export const idempotencyHeader = "Idempotency-Key";
export const maxIdempotencyKeyLength = 255;
/** Says that the answer is that of an earlier call with the same key. */
export const replayedHeader = "Idempotent-Replayed";
