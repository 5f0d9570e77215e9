export {
  type Actor,
  nameActor,
  type OpenedProject,
  type ProjectContext,
  type RequestContext,
  type UserActor,
  type UserContext,
} from "./actor";
export { type Permission, permissions, roleMay } from "./permissions";
export {
  type ProjectUseCase,
  type PublicUseCase,
  projectUseCase,
  publicUseCase,
  type UserUseCase,
  userUseCase,
} from "./use-case";
