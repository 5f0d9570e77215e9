import AxeBuilder from "@axe-core/playwright";
import { expect, open, test } from "./support/test";

/** Small enough to write here, and a page all the same. */
const pdf = [
  "%PDF-1.4",
  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
  "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj",
  "trailer<</Root 1 0 R>>",
].join("\n");

const code = `
def write(path, text):
    with open(path, "w") as file:
        file.write(text)
    return path

def handle(i):
    rows = "".join(f"{n};Oslo, {n};{n * 0.5}\\n" for n in range(40000))
    script = "<script>document.title = 'taken over'</script>"
    return {
        "rows": write("weather.csv", "id;place;rain\\n" + rows),
        "paper": write("paper.pdf", ${JSON.stringify(pdf)}),
        "false_paper": write("page.pdf", script),
        "page": write("page.html", script),
        "huge": write("huge.log", "a line of the log that goes on and on\\n" * 1350000),
        "essay": "\\n".join(f'Line {n} says "rain"' for n in range(4000)),
        "tree": {"cities": [{"name": "Oslo", "rain": [1, 2, 3]}, {"name": "Rome", "rain": []}], "days": [{"day": n, "rain": n} for n in range(30)]},
    }
`;

test("a run's values are shown as what they are, however large", async ({ page, project }) => {
  await project.pushCode({
    id: "give",
    outputs: {
      rows: "file",
      paper: "file",
      false_paper: "file",
      page: "file",
      huge: "file",
      essay: "longstring",
      tree: "object",
    },
    code,
  });
  const { id: workflow } = await project.deployManual({ steps: { give: { use: "give" } } });
  const run = await project.start(workflow, {}, 50);
  expect(run.state).toBe("completed");
  await open(page, `/${project.id}/runs/${run.id}?step=give`);
  const show = async (name: string) => {
    const value = page.getByRole("definition").filter({ hasText: name });
    await value.getByRole("button", { name: "Show" }).click();
    return value;
  };

  const table = await show("weather.csv");
  await expect(table.getByText(/^The first [\d,]+ rows · 3 columns$/)).toBeVisible();
  await expect(table.getByRole("columnheader")).toHaveText(["id", "place", "rain"]);
  await expect(table.getByRole("row").nth(2).getByRole("cell")).toHaveText(["2", "1", "Oslo, 1", "0.5"]);
  // Of twenty thousand rows those in view are made.
  expect(await table.getByRole("row").count()).toBeLessThan(100);

  const huge = await show("huge.log");
  await expect(huge.getByText(/^The first 512 KiB of 48.9 MiB/)).toBeVisible();
  await expect(huge.getByText("a line of the log").first()).toBeVisible();
  // The page is awake: a click is answered at once.
  await huge.getByRole("button", { name: "Hide" }).click({ timeout: 1_000 });
  await expect(huge.getByText("a line of the log")).toHaveCount(0);

  const essay = await show("Large value");
  await essay.getByRole("searchbox").fill("line 3999");
  await expect(essay.getByRole("status")).toHaveText("1 line");
  await expect(essay.getByText('Line 3999 says "rain"')).toBeVisible();

  await page.getByRole("searchbox", { name: "Search tree" }).fill("rome");
  const tree = page.getByRole("region", { name: "tree" });
  await expect(tree.getByText("cities:")).toBeVisible();
  await expect(tree.getByText('"Oslo"')).toBeHidden();
  await tree.getByText('"Rome"').hover();
  await expect(tree.getByRole("button", { name: "Copy path $.cities[1].name" })).toBeVisible();

  const paper = await show("paper.pdf");
  const viewer = await paper.locator("iframe").elementHandle();
  await expect.poll(async () => (await viewer?.contentFrame())?.url()).toMatch(/^blob:/);
  const falsePaper = await show("page.pdf");
  await expect(falsePaper.getByText("This is no PDF")).toBeVisible();
  const html = await show("page.html");
  await expect(html.getByText("<script>document.title")).toBeVisible();

  const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
  expect(violations.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);

  // What users made opens as a file, and where it opens as a page it can do nothing.
  const address = await html.getByRole("link", { name: "Download" }).getAttribute("href");
  const headers = (await page.request.get(address ?? "")).headers();
  expect(headers).toMatchObject({
    "content-disposition": expect.stringMatching(/^attachment/),
    "content-security-policy": expect.stringMatching(/^sandbox; default-src 'none'/),
    "x-content-type-options": "nosniff",
  });
  await expect(page).not.toHaveTitle("taken over");
});
