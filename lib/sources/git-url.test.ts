import { describe, expect, it } from "vitest";
import { parseGitUrl } from "./git-url";

describe("a repository's address", () => {
  it.each([
    ["https://github.com/ada/actions", "https", "github.com", 443, "https://github.com/ada/actions"],
    [" https://Git.Example.com:8443/a.git ", "https", "git.example.com", 8443, "https://git.example.com:8443/a.git"],
    ["http://127.1/a", "http", "127.0.0.1", 80, "http://127.0.0.1/a"],
    ["http://0x7f000001/a", "http", "127.0.0.1", 80, "http://127.0.0.1/a"],
    ["https://[::1]/a", "https", "::1", 443, "https://[::1]/a"],
    ["ssh://git@example.com:2222/a.git", "ssh", "example.com", 2222, "ssh://git@example.com:2222/a.git"],
    ["git@github.com:ada/actions.git", "ssh", "github.com", 22, "git@github.com:ada/actions.git"],
  ])("may be %s", (text, protocol, host, port, told) => {
    expect(parseGitUrl(text)).toEqual({ ok: true, url: { protocol, host, port, text: told } });
  });

  it.each([
    ["", /such as https/],
    ["/srv/git/a.git", /such as https/],
    ["./a.git", /such as https/],
    ["C:\\git\\a", /such as https/],
    ["example.com:a.git", /such as https/],
    ["git@-oProxyCommand=x:a", /such as https/],
    ["-oProxyCommand=x@example.com:a", /such as https/],
    ["git@example.com:-a", /such as https/],
    ["file:///etc", /not file/],
    ["git://example.com/a", /not git/],
    ["ext::sh -c id", /such as https/],
    ["ext://sh", /not ext/],
    ["https://example.com", /no repository/],
    ["https://example.com/a?ref=b", /no “\?”/],
    ["https://ada:secret@example.com/a", /as credentials/],
    ["https://token@example.com/a", /as credentials/],
    ["ssh://git:secret@example.com/a", /as credentials/],
    ["ssh://example.com/a", /names its user/],
    ["ssh://-x@example.com/a", /names its user/],
    ["ssh://git@-oProxyCommand/a", /such as https/],
  ])("may not be “%s”", (text, problem) => {
    expect(parseGitUrl(text)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });
});
