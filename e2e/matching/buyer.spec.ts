// A buyer describes a need, sees who fits and why, changes what matters, sees who almost fits, and writes; the
// provider answers. Once in each language, the second time on a telephone.
import { expect, ready, test } from "../fixtures/test.js";
import { asProgram, BUYER, PROVIDER, signIn } from "../fixtures/people.js";
import { t, type Lang } from "../fixtures/words.js";

const AS: { lang: Lang; locale: string; width: number }[] = [
  { lang: "en", locale: "en-GB", width: 1280 },
  { lang: "fr", locale: "fr-FR", width: 360 },
];

for (const { lang, locale, width } of AS) {
  test.describe(`in ${lang} at ${width} px`, () => {
    test.use({ locale, viewport: { width, height: 900 } });

    test("need, match, slider, near misses, inquiry, answer", async ({ page, another, kazi, accessible }) => {
      const say = (key: string) => t(lang, key);
      const subject = `Labelling ${lang}`;
      await signIn(page, BUYER, lang, "/needs/new");

      await ready(page);
      await accessible(page);
      await page.getByLabel(say("matching.title"), { exact: true }).fill(subject);
      await page.getByLabel(say("matching.service"), { exact: true }).selectOption("data_annotation");
      for (let step = 0; step < 4; step++) await page.getByRole("button", { name: say("ui.next"), exact: true }).click();
      await accessible(page);
      await page.getByRole("button", { name: say("matching.show_matches") }).click();
      await page.waitForURL(/\/needs\/[0-9a-f-]{36}$/);
      const need = page.url().split("/").at(-1);

      await ready(page);
      await expect(page.getByRole("heading", { name: say("matching.ranking") })).toBeVisible();
      const places = page.locator("ol.ranking > li");
      await expect(places.first()).toBeVisible();
      await accessible(page);

      const asked: string[] = [];
      page.on("request", (request) => { if (request.url().includes("/api/")) asked.push(request.url()); });
      const sliders = page.getByRole("slider");
      if (!(await sliders.first().isVisible())) await page.getByText(say("matching.weights"), { exact: true }).first().click();
      const scores = () => page.locator("ol.ranking .score").allTextContents();
      const before = await scores();
      await sliders.first().fill("0");
      await sliders.last().fill("100");
      await expect.poll(scores, { message: "moving a slider ranks anew" }).not.toEqual(before);
      expect(asked.filter((url) => url.includes("match")), "ranked in the browser, by no request").toEqual([]);
      await expect(page.locator("#near-misses")).toBeVisible();

      const provider = await asProgram(kazi.address, PROVIDER);
      const { memberships } = await provider("me");
      await page.goto(`/inquiries/new?to=${memberships[0].organisation}&need=${need}`);
      await ready(page);
      await accessible(page);
      await page.getByLabel(say("inquiries.subject"), { exact: true }).fill(subject);
      await page.getByRole("button", { name: say("inquiries.send"), exact: true }).click();
      await page.waitForURL(/\/inquiries\/[0-9a-f-]{36}/);
      await ready(page);
      await accessible(page);

      const theirs = await another();
      await signIn(theirs, PROVIDER, lang, "/inquiries");
      await ready(theirs);
      await accessible(theirs);
      await theirs.getByRole("link", { name: new RegExp(subject) }).first().click();
      await theirs.waitForURL(/\/inquiries\/[0-9a-f-]{36}/);
      await ready(theirs);
      await accessible(theirs);
      await theirs.getByLabel(say("inquiries.message"), { exact: true }).fill("We can start on Monday.");
      await theirs.getByRole("button", { name: say("inquiries.send_message"), exact: true }).click();
      await expect(theirs.getByText("We can start on Monday.")).toBeVisible();
    });
  });
}
