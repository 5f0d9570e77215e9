import { AppError } from "@/lib/errors";
import type { ProjectContext, RequestContext, UserContext } from "./actor";
import { type Permission, roleMay } from "./permissions";

/** What a route may call: an operation that says whom it serves. */
export type UseCase<Scope extends "public" | "user" | "project", Context, Input, Output> = ((
  ctx: Context,
  input: Input,
) => Promise<Output>) & { scope: Scope };

export type PublicUseCase<Input, Output> = UseCase<"public", RequestContext, Input, Output>;
export type UserUseCase<Input, Output> = UseCase<"user", UserContext, Input, Output>;
export type ProjectUseCase<Input, Output> = UseCase<"project", ProjectContext, Input, Output>;

/** An operation that anybody may call: sign-up, sign-in. */
export function publicUseCase<Input, Output>(
  run: (ctx: RequestContext, input: Input) => Promise<Output>,
): PublicUseCase<Input, Output> {
  return Object.assign(run, { scope: "public" as const });
}

/** An operation of a signed-in user on what is theirs. */
export function userUseCase<Input, Output>(
  run: (ctx: UserContext, input: Input) => Promise<Output>,
): UserUseCase<Input, Output> {
  return Object.assign(run, { scope: "user" as const });
}

/** An operation in an opened project; it cannot be built without naming the permission it needs. */
export function projectUseCase<Input, Output>(
  permission: Permission,
  run: (ctx: ProjectContext, input: Input) => Promise<Output>,
): ProjectUseCase<Input, Output> {
  const checked = async (ctx: ProjectContext, input: Input) => {
    if (!roleMay(ctx.project.role, permission)) {
      throw new AppError(
        "forbidden",
        `Your role in this project (${ctx.project.role}) does not include ${permission}.`,
      );
    }
    return run(ctx, input);
  };
  return Object.assign(checked, { scope: "project" as const });
}
