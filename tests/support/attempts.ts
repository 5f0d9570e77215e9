import { resolve } from "node:path";
import { isOpenToOthers } from "@/workers/action-runtime/host";
import type { Handler } from "./runnerd";

/** A handler's Python that says what it got: the word for each attempt, by its name. */
const attempts = `
import ctypes, errno, json, os, socket, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    if libc.syscall(number, *arguments) < 0: raise OSError(ctypes.get_errno(), "refused")
def word(attempt):
    try:
        value = attempt()
        return "done" if value is None else str(value)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
def report(**attempts):
    return {"said": json.dumps({name: word(attempt) for name, attempt in attempts.items()})}
work, tmp = os.environ["HOME"], os.environ["TMPDIR"]
`;

/** The inputs are texts; `said` is the JSON of what `report` was given. */
export function attempting(body: string, inputs: Record<string, unknown> = {}): Handler {
  return {
    code: `${attempts}\ndef handle(i):\n    ${body.trim().replaceAll("\n", "\n    ")}\n`,
    inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, "string" as const])),
    outputs: { said: "string" },
  };
}

const isRoot = process.getuid?.() === 0;
const canBeAnother = isRoot && isOpenToOthers(resolve("dist")) && isOpenToOthers(process.execPath);

/** Who confined handlers run as: where Millrace is root, a user of their own, and elsewhere Millrace's. */
export const confinedUsers = [
  { who: isRoot ? "a user of its own" : "Millrace's own user", user: undefined },
  ...(canBeAnother ? [{ who: "Millrace's own user, where that is not root", user: 61_234 }] : []),
];
