// Two listings of one organisation: the steward sees them suggested, makes them one, and the old address leads to the one kept.
import { expect, ready, test } from "../fixtures/test.js";
import { listed, signIn, STEWARD } from "../fixtures/people.js";
import { t } from "../fixtures/words.js";

test("duplicates become one, and the old address leads there", async ({ page, kazi, accessible }) => {
  const say = (key: string, places: Record<string, string> = {}) => t("en", key, places);
  const rows = ["Mirror Works,https://mirror-works.example,KE,", "Mirror Works Limited,https://mirror.example,KE,Nakuru"];
  await listed(kazi, ["name,website,country_hq,city", ...rows, ""].join("\n"));
  for (const slug of ["mirror-works", "mirror-works-limited"]) {
    await page.goto(`/providers/${slug}`);
    await ready(page);
  }

  await signIn(page, STEWARD, "en", "/staff/duplicates");
  await ready(page);
  const pair = page.locator("li.mail").filter({ hasText: "Mirror Works" });
  await expect(pair).toContainText(say("codes.duplicate_reason.same_name"));
  await accessible(page);
  await pair.getByRole("button", { name: say("staff.merge_into", { name: "Mirror Works" }), exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText(say("staff.merge_text", { from: "Mirror Works Limited", into: "Mirror Works" }));
  await accessible(page);
  await page.getByRole("dialog").getByRole("button", { name: say("staff.merge"), exact: true }).click();
  await expect(page.getByText(say("staff.merged"))).toBeVisible();
  await expect(pair).toHaveCount(0);

  const old = await fetch(`${kazi.address}/providers/mirror-works-limited`, { redirect: "manual" });
  expect([old.status, new URL(old.headers.get("location") ?? "", kazi.address).pathname]).toEqual([301, "/providers/mirror-works"]);
  await page.goto("/providers/mirror-works-limited");
  await page.waitForURL("**/providers/mirror-works");
  await ready(page);
  await expect(page.getByText("Nakuru").first(), "what only the other knew is kept").toBeVisible();
  await accessible(page);
});
