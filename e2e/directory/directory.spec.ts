// The directory: found, filtered, shared by its address, read without the app; and it survives the browser's translation.
import { expect, ready, test, type Page } from "../fixtures/test.js";

for (const width of [360, 1280]) {
  test(`words and a shared address at ${width} px`, async ({ page, accessible }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/providers");
    await ready(page);
    await accessible(page);
    const search = page.getByRole("searchbox").first();
    await search.fill("annotation");
    await search.press("Enter");
    await expect(page).toHaveURL(/annotation/);
    await page.reload();
    await ready(page);
    await expect(page.getByRole("searchbox").first()).toHaveValue("annotation");
    expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing sticks out").toBeLessThanOrEqual(width);
  });
}

test("what was found is taken along as CSV and as NDJSON", async ({ page, kazi }) => {
  await page.goto("/providers?sort=name");
  await ready(page);
  const links = page.locator("a[href*='/api/v1/organisations/export']");
  await expect(links).toHaveCount(2);
  for (const link of await links.all()) {
    const file = await fetch(new URL((await link.getAttribute("href")) ?? "", kazi.address));
    expect(file.status, file.url).toBe(200);
    expect((await file.text()).split("\n").length, "a line for each").toBeGreaterThan(20);
  }
});

test("the public pages are HTML without the app", async ({ kazi }) => {
  const page = await (await fetch(`${kazi.address}/providers`)).text();
  const slug = /href="\/providers\/([a-z0-9-]+)"/.exec(page)?.[1];
  expect(slug, "the list links to a provider").toBeTruthy();
  const one = await (await fetch(`${kazi.address}/providers/${slug}`)).text();
  expect(one).toContain("application/ld+json");
  expect(one).toMatch(/<meta name="description"/);
});

/** What a browser's translation does: each text becomes a <font> within a <font>. */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walk.nextNode()) if (walk.currentNode.textContent?.trim()) texts.push(walk.currentNode as Text);
    for (const text of texts) {
      if (["SCRIPT", "STYLE"].includes(text.parentElement?.tagName ?? "")) continue;
      const outer = document.createElement("font");
      const inner = document.createElement("font");
      inner.textContent = `·${text.textContent}·`;
      outer.append(inner);
      text.replaceWith(outer);
    }
  });
}

test("goes on under the browser's own translation", async ({ page }) => {
  await page.goto("/providers");
  await ready(page);
  await translate(page);
  const search = page.getByRole("searchbox").first();
  await search.fill("transcription");
  await search.press("Enter");
  await expect(page).toHaveURL(/transcription/);
  await page.locator("main a[href^='/providers/']").first().click();
  await page.waitForURL(/\/providers\/[a-z0-9-]+$/);
  await ready(page);
  await translate(page);
  await page.goBack();
  await ready(page);
  await expect(page.locator("main a[href^='/providers/']").first()).toBeVisible();
});
