/** The run was deleted while it was under way: there is nothing left to do or to write about it. */
export class RunGone extends Error {
  override name = "RunGone";
}
