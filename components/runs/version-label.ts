/** Which version a run is of; a test has none. */
export function versionLabel(version: number | null): string {
  return version === null ? "draft" : `v${version}`;
}
