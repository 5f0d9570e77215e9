/** A scan that cannot succeed as things stand; the message is for whoever added the repository. */
export class ScanFailed extends Error {
  override name = "ScanFailed";
}
