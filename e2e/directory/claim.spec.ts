// Somebody new claims her organisation's listing: she registers, is approved by a steward, completes the profile, and whoever has
// no script reads it. Once in each language.
import { expect, ready, test } from "../fixtures/test.js";
import { listed, signIn, signUp, STEWARD } from "../fixtures/people.js";
import { t, type Lang } from "../fixtures/words.js";

for (const { lang, locale } of [{ lang: "en", locale: "en-GB" }, { lang: "fr", locale: "fr-FR" }] as { lang: Lang; locale: string }[]) {
  test.describe(`in ${lang}`, () => {
    test.use({ locale });
    test("claim, approval, profile, public page", async ({ page, another, browser, kazi, accessible }) => {
      const say = (key: string, places: Record<string, string> = {}) => t(lang, key, places);
      const button = (name: string) => ({ name: say(name), exact: true });
      const starts = (key: string) => new RegExp(`^${say(key).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
      const name = `Umbrella Fields ${lang}`;
      const site = `umbrella-fields-${lang}.example`;
      const listing = `/providers/umbrella-fields-${lang}`;
      const email = `ada@${site}`;
      await listed(kazi, `name,website,kind,country_hq,services\n${name},https://${site},issp,KE,data_entry\n`);

      await page.goto(listing);
      await ready(page);
      await accessible(page);
      await page.getByRole("link", button("directory.claim_it")).click();
      await page.waitForURL(`**${listing}/claim`);
      await ready(page);
      await page.locator("main").getByRole("link", button("identity.sign_up")).click();
      await page.waitForURL(/\/sign-up/);
      await ready(page);
      await accessible(page);
      await signUp(page, kazi, email, "Ada Umbrella", lang);
      await accessible(page);

      await signIn(page, email, lang, `${listing}/claim`);
      await ready(page);
      await accessible(page);
      await page.getByLabel(say("staff.evidence"), { exact: true }).fill("I lead operations; the team page shows my name and photo.");
      await page.getByLabel(starts("staff.link")).fill(`https://${site}/team`);
      await page.getByRole("button", button("staff.send_claim")).click();
      await expect(page.getByText(say("codes.claim_state.open"), { exact: true })).toBeVisible();
      await accessible(page);

      const steward = await another();
      await signIn(steward, STEWARD, lang, "/staff/claims");
      await ready(steward);
      const mine = steward.locator("li.mail").filter({ hasText: name });
      await expect(mine).toContainText(say("staff.email_matches"));
      await accessible(steward);
      await mine.getByLabel(say("staff.reason_for", { name }), { exact: true }).fill("The team page shows her.");
      await mine.getByRole("button", button("staff.approve")).click();
      await expect(steward.getByText(say("staff.approved"))).toBeVisible();
      await expect(mine).toHaveCount(0);

      await page.reload();
      await ready(page);
      await expect(page.getByText("The team page shows her.")).toBeVisible();
      await page.getByRole("link", button("matching.complete_profile")).click();
      await page.waitForURL(/\/organisations\/[0-9a-f-]{36}\/edit$/);
      await ready(page);
      // What the bars at the window's edges happen to cover is reached by scrolling; axe would measure it as cut off.
      await page.locator(".top, .save-bar").evaluateAll((bars) => { for (const bar of bars) (bar as HTMLElement).style.position = "static"; });
      await accessible(page);
      const missing = page.locator("aside.hints li");
      const before = await missing.count();

      await page.getByLabel(starts("directory.summary")).fill("We turn paper into data, with people who had no work before.");
      await page.getByRole("button", button("directory.add_offer")).click();
      const offer = page.locator("#offers fieldset.card").last();
      await offer.getByLabel(say("matching.service"), { exact: true }).selectOption("transcription");
      for (const skill of ["subtitling", "legal"]) {
        await offer.getByLabel(starts("directory.skills")).fill(skill);
        await offer.getByLabel(starts("directory.skills")).press("Enter");
      }
      await offer.getByLabel(say("ui.add_language"), { exact: true }).selectOption("sw");
      await offer.locator(".language-rows li select").selectOption("native");
      await offer.getByLabel(starts("directory.available")).first().fill("12");
      await offer.getByLabel(say("directory.price_from")).fill("4.5");
      await offer.getByLabel(starts("directory.price_to")).and(offer.locator("[type=number]")).fill("6");
      await page.getByRole("button", button("directory.add_site")).click();
      const place = page.locator("#sites fieldset.card").last();
      await place.getByLabel(say("directory.country"), { exact: true }).fill("Kenya");
      await place.getByLabel(say("directory.country"), { exact: true }).press("Enter");
      await place.getByLabel(starts("directory.city")).fill("Kisumu");
      await page.getByRole("button", button("directory.add_certificate")).click();
      const certificate = page.locator("#certificates fieldset.card").last();
      await certificate.getByLabel(say("directory.certificate"), { exact: true }).selectOption("iso_27001");
      await certificate.getByLabel(starts("directory.issuer")).fill("An auditor");
      await certificate.getByLabel(starts("directory.expires")).fill("2031-05-01");
      await accessible(page);
      await page.getByRole("button", button("ui.save")).click();
      await expect(page.getByText(say("ui.saved"), { exact: true })).toBeVisible();
      expect(await missing.count(), "the hints shrink").toBeLessThanOrEqual(before - 3);

      await page.getByRole("link", button("directory.see_page")).click();
      await page.waitForURL(`**${listing}`);
      await ready(page);
      await expect(page.getByText("Kisumu").first()).toBeVisible();
      await accessible(page);

      const plain = await browser.newContext({ baseURL: kazi.address, javaScriptEnabled: false });
      const reader = await plain.newPage();
      await reader.goto(listing);
      await expect(reader.getByRole("heading", { level: 1, name })).toBeVisible();
      for (const fact of [/turn paper into data/, /subtitling, legal/, /4\.50/, /ISO\/IEC 27001/]) await expect(reader.getByText(fact).first()).toBeVisible();
      await plain.close();
    });
  });
}
