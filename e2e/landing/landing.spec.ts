// The first page: it opens for a stranger, at every width, in both languages, in light and dark.
import { expect, ready, test } from "../fixtures/test.js";

for (const width of [360, 1280]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`opens at ${width} px in ${colorScheme}`, async ({ page, accessible }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto("/");
      await ready(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, "nothing sticks out to the side").toBeLessThanOrEqual(width);
      await accessible(page);
    });
  }
}

test.describe("in French", () => {
  test.use({ locale: "fr-FR" });
  test("opens in the browser's language", async ({ page, accessible }) => {
    await page.goto("/");
    await ready(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await accessible(page);
  });
});

test("an address that leads nowhere says so", async ({ page, accessible }) => {
  await page.goto("/no-such-page");
  await ready(page);
  await expect(page.locator("main a").first()).toBeVisible();
  await accessible(page);
});
