// Staying signed in and signing out: only the server's word ends a session, and nothing private stays behind.
import { expect, expects, ready, test } from "../fixtures/test.js";
import { BUYER, PASSWORD, signIn } from "../fixtures/people.js";
import { t } from "../fixtures/words.js";

test("a person stays signed in while the server can't be asked, and is signed out by her own word alone", async ({ page }) => {
  await signIn(page, BUYER, "en", "/account");
  await ready(page);
  expects(page, /503|Failed to load resource/);
  const refresh = "**/api/v1/identity/sessions/refresh";
  let asked = 0;
  await page.route(refresh, async (route) => {
    asked += 1;
    if (asked < 3) await route.fulfill({ status: 503, body: "" });
    else await route.continue();
  });
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: t("en", "account.title") })).toBeVisible();
  expect(asked, "it was asked again").toBeGreaterThanOrEqual(3);
  await page.unroute(refresh);

  await page.evaluate(() => localStorage.setItem("kazi.need", "{}"));
  const current = "**/api/v1/identity/sessions/current";
  await page.route(current, (route) => route.fulfill({ status: 503, body: "" }));
  const signOut = async () => {
    await page.locator(".top").getByRole("button", { name: /Demo Buyer/ }).first().click();
    await page.getByRole("button", { name: t("en", "identity.sign_out"), exact: true }).click();
  };
  await signOut();
  await expect(page.getByText(t("en", "identity.sign_out_failed"))).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: t("en", "account.title") })).toBeVisible();
  await page.unroute(current);
  await signOut();
  await expect(page.getByRole("heading", { level: 1, name: t("en", "identity.sign_in_first") })).toBeVisible();
  expect(await page.evaluate(() => ["kazi.need", "kazi.acting", "kazi.known"].map((key) => localStorage.getItem(key)))).toEqual([null, null, null]);
});

test("the confirmation letter comes again for whoever asks", async ({ page, kazi, accessible }) => {
  const email = "new@kazi.example";
  const given = { email, name: "New", password: PASSWORD, language: "en" };
  expect((await page.request.post("/api/v1/identity/registrations", { data: given })).status()).toBe(202);
  await kazi.mail(email);
  await signIn(page, email, "en", "/account");
  await ready(page);
  await accessible(page);
  await page.getByRole("button", { name: t("en", "account.confirm_resend") }).click();
  await expect(page.getByText(t("en", "account.confirm_sent"))).toBeVisible();
  await accessible(page);
});
