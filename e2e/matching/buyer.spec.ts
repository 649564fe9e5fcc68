// A buyer describes a need, sees who fits and why, changes what matters, sees who almost fits, and writes to two of them; the
// provider answers, and she reads the answers side by side. Once in each language, the second time on a telephone.
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

    test("need, match, slider, near misses, inquiry, answers side by side", async ({ page, another, kazi, accessible }) => {
      const say = (key: string) => t(lang, key);
      const subject = `Labelling ${lang}`;
      const provider = await asProgram(kazi.address, PROVIDER);
      const asked = (await provider("me")).memberships[0];
      const { profile } = await provider(`organisations/${asked.organisation}`);
      await signIn(page, BUYER, lang, "/needs/new");

      await ready(page);
      await accessible(page);
      await page.getByLabel(say("matching.title"), { exact: true }).fill(subject);
      await page.getByLabel(say("matching.service"), { exact: true }).selectOption(profile.offers[0].service_line);
      for (let step = 0; step < 4; step++) await page.getByRole("button", { name: say("ui.next"), exact: true }).click();
      await accessible(page);
      await page.getByRole("button", { name: say("matching.show_matches") }).click();
      await page.waitForURL(/\/needs\/[0-9a-f-]{36}$/);

      await ready(page);
      // opened anew, it waits to know who looks at it
      await page.reload();
      await ready(page);
      await expect(page.getByRole("heading", { name: say("matching.ranking") })).toBeVisible();
      const places = page.locator("ol.ranking > li");
      await expect(places.first()).toBeVisible();
      await accessible(page);

      const requests: string[] = [];
      page.on("request", (request) => { if (request.url().includes("/api/")) requests.push(request.url()); });
      const sliders = page.getByRole("slider");
      if (!(await sliders.first().isVisible())) await page.getByText(say("matching.weights"), { exact: true }).first().click();
      const scores = () => page.locator("ol.ranking .score").allTextContents();
      const before = await scores();
      await sliders.first().fill("0");
      await sliders.last().fill("100");
      await expect.poll(scores, { message: "moving a slider ranks anew" }).not.toEqual(before);
      expect(requests.filter((url) => url.includes("match")), "ranked in the browser, by no request").toEqual([]);
      await expect(page.locator("#near-misses")).toBeVisible();

      const chosen = page.locator(`li[data-organisation="${asked.organisation}"]`);
      const more = page.getByRole("button", { name: say("matching.show_more_of").split(/[({]/)[0] ?? "" });
      while (!(await chosen.isVisible()) && (await more.isVisible())) await more.click();
      const tick = { name: say("matching.shortlist"), exact: true };
      await chosen.getByRole("checkbox", tick).check();
      await places.filter({ hasNot: page.locator("input:checked") }).first().getByRole("checkbox", tick).check();
      await page.getByRole("button", { name: say("matching.compare"), exact: true }).click();
      await expect(page.getByRole("dialog").getByRole("columnheader")).toHaveCount(2);
      await accessible(page);
      await page.getByRole("dialog").getByRole("button", { name: say("ui.close") }).click();
      await page.getByRole("link", { name: say("matching.write"), exact: true }).click();
      await page.waitForURL(/\/inquiries\/new\?/);
      await ready(page);
      await accessible(page);
      await page.getByLabel(say("inquiries.subject"), { exact: true }).fill(subject);
      await page.getByLabel(t(lang, "inquiries.question_n", { n: "1" }), { exact: true }).fill("Who would lead the team?");
      const price = say("inquiries.suggest_price");
      await page.getByRole("button", { name: price, exact: true }).click();
      await expect(page.getByLabel(t(lang, "inquiries.question_n", { n: "2" }), { exact: true })).toHaveValue(price);
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
      await theirs.getByLabel("1. Who would lead the team?").fill("Peter, who leads three such teams.");
      await theirs.getByLabel(`2. ${price}`).fill("9");
      await theirs.getByRole("button", { name: say("inquiries.send_answers"), exact: true }).click();
      await expect(theirs.getByText(say("inquiries.answered"))).toBeVisible();
      await theirs.getByLabel(say("inquiries.message"), { exact: true }).fill("We can start on Monday.");
      await theirs.getByRole("button", { name: say("inquiries.send_message"), exact: true }).click();
      await expect(theirs.getByText("We can start on Monday.")).toBeVisible();
      await accessible(theirs);

      await page.reload();
      await ready(page);
      await page.getByRole("link", { name: say("inquiries.compare"), exact: true }).click();
      await page.waitForURL(/\/compare$/);
      await ready(page);
      const answers = page.getByRole("region", { name: say("inquiries.compare"), exact: true });
      await expect(answers.getByRole("row").filter({ hasText: "Who would lead" })).toContainText("Peter, who leads three such teams.");
      await expect(answers.getByRole("row").filter({ hasText: price }).getByRole("cell", { name: "9", exact: true })).toBeVisible();
      await accessible(page);
      await answers.getByRole("link", { name: profile.name }).click();
      await page.waitForURL(/\/threads\//);
      await expect(page.getByText("We can start on Monday.")).toBeVisible();
      await accessible(page);

      for (const address of [`/providers/${asked.slug}`, "/needs"]) {
        await page.goto(address);
        await ready(page);
        await accessible(page);
      }
      await expect(page.getByRole("link", { name: subject, exact: true }).first()).toBeVisible();
    });
  });
}
