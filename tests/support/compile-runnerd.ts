import { compile } from "@/bin/compile.mjs";

/** The sandbox's tests start runnerd as it is now, whatever was compiled before. */
export default function setup(): Promise<void> {
  return compile(["runnerd"]);
}
