/** A trigger that serves HTTP itself answers every method; no request has this one. Pure, and for screens: no parser comes with it. */
export const anyMethod = "ANY";
