import { expect, it } from "vitest";
import { checkRequirements } from "./requirements";

const check = (text: string) => checkRequirements("/nowhere", "requirements.txt", text);

it.each([
  ["requests", ["requests"]],
  ["requests>=2.31,<3  # why", ["requests>=2.31,<3"]],
  [
    "requests [socks,use_chardet] ~= 2.31 ; python_version >= '3.9'",
    ["requests [socks,use_chardet] ~= 2.31 ; python_version >= '3.9'"],
  ],
  ["a===1.0\nb!=2\nc<3\nd>4\ne<=5", ["a===1.0", "b!=2", "c<3", "d>4", "e<=5"]],
  [
    "pip @ https://files.example/pip-1.0-py3-none-any.whl#sha256=ab",
    ["pip @ https://files.example/pip-1.0-py3-none-any.whl#sha256=ab"],
  ],
  ["\n# only a comment\n   \n", []],
  ["requests==2.31.0 \\\n  --hash=sha256:abc \\\n  --hash=sha256:def", ["requests==2.31.0"]],
  ["--extra-index-url https://packages.example/simple", ["--extra-index-url https://packages.example/simple"]],
  ["a==1\r\nb==2\r\n", ["a==1", "b==2"]],
])("takes %j", async (text, lines) => {
  expect(await check(text)).toEqual(lines);
});

it.each([
  ["a==1\npython=3.8.13", 2, "is not a requirement"],
  ['"Empty File"', 1, "is not a requirement"],
  ["./local", 1, "is not a requirement"],
  ["https://files.example/x.whl", 1, "is not a requirement"],
  ["x @ file:///etc/passwd", 1, "must name an https:// address"],
  ["x @ git+ssh://host/repo", 1, "must name an https:// address"],
  ["# one\n\n-e .", 3, "is an option that is not supported"],
  ["--find-links /etc", 1, "is an option that is not supported"],
  ["--index-url file:///etc", 1, "is an option that is not supported"],
  ["-r ../other.txt", 1, "names a file outside the package"],
  ["-c /etc/passwd", 1, "names a file outside the package"],
  ["-r missing.txt", 1, "names a file that cannot be read"],
])("refuses %j, naming line %i", async (text, line, why) => {
  const written = text.split("\n")[line - 1];
  await expect(check(text)).rejects.toThrow(`requirements.txt, line ${line}: “${written}” ${why}`);
});
