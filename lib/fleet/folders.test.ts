import { describe, expect, it } from "vitest";
import { parseFolders } from "./folders";

describe("MILLRACE_FOLDERS", () => {
  it("names folders and who may use each", () => {
    expect(parseFolders(" incoming=/srv/in coming/:k3x9:rw; scans=/mnt/scans:k3x9,p0o9 ;")).toEqual([
      { name: "incoming", path: "/srv/in coming", projects: ["k3x9"], write: true },
      { name: "scans", path: "/mnt/scans", projects: ["k3x9", "p0o9"], write: false },
    ]);
    expect(parseFolders("")).toEqual([]);
    expect(parseFolders("in=/srv/a:k3x9;in=/srv/b:p0o9")).toHaveLength(2);
  });

  it.each([
    ["/srv/incoming", /“\/srv\/incoming” must be NAME=/],
    ["incoming=/srv/incoming", /must be NAME=/],
    ["incoming=/srv/incoming:", /must be NAME=/],
    ["incoming=/srv/incoming:*", /must be NAME=/],
    ["incoming=/srv/incoming:k3x9:w", /must be NAME=/],
    ["../x=/srv/incoming:k3x9", /must be NAME=/],
    ["incoming=srv/incoming:k3x9", /“incoming” must have an absolute path/],
    ["incoming=/:k3x9", /“incoming” must be a folder of its own/],
    ["incoming=/srv/../proc/1:k3x9", /must be a folder of its own: \/proc\/1/],
    ["incoming=/var/millrace:k3x9", /must be a folder of its own/],
    ["incoming=/var/millrace/blobs:k3x9", /must be a folder of its own/],
    ["incoming=/var:k3x9", /must be a folder of its own/],
    ["a=/srv/a:k3x9;a=/srv/b:p0o9,k3x9", /“a” is there twice for the project k3x9/],
    ["a=/srv/a:k3x9:rw;b=/srv/a/b:p0o9", /“b” must not lie in “a”/],
  ])("refuses %s", (text, message) => {
    expect(() => parseFolders(text, ["/var/millrace"])).toThrow(message);
  });
});
