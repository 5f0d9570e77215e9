/**
 * An environment of exactly these variables: nothing of this process's own, which may hold what a child must not see.
 * The cast is for Next.js, whose types make NODE_ENV part of every environment.
 */
export function bareEnvironment(variables: Record<string, string>): NodeJS.ProcessEnv {
  return variables as NodeJS.ProcessEnv;
}
