// A provider downloads its table, fills it in with one wrong cell, mends it, sees the rating move and opens the tree down to the
// figure; then corrects a figure by hand. A guest reads the rating without the figures, and the standard. In both languages, once on a
// telephone.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, ready, test, type Page } from "../fixtures/test.js";
import { asProgram, BUYER, PROVIDER, signIn } from "../fixtures/people.js";
import { root } from "../fixtures/server.js";
import { t, type Lang } from "../fixtures/words.js";

interface Metric { code: string; name: Record<Lang, string>; }
const standard = JSON.parse(readFileSync(join(root, "crates/core/src/standard/first.json"), "utf8")) as { metrics: Metric[] };
const named = (code: string, lang: Lang) => standard.metrics.find((metric) => metric.code === code)?.name[lang] ?? code;

// Both may meet the same server, so each reports a figure that the demo leaves out, and corrects downwards.
const AS: { lang: Lang; locale: string; width: number; missing: string; lower: string }[] = [
  { lang: "en", locale: "en-GB", width: 1280, missing: "client_satisfaction", lower: "90" },
  { lang: "fr", locale: "fr-FR", width: 360, missing: "average_tenure", lower: "88" },
];

for (const { lang, locale, width, missing, lower } of AS) {
  test.describe(`in ${lang} at ${width} px`, () => {
    test.use({ locale, viewport: { width, height: 900 } });

    test("figures by file, one wrong cell, the rating moves, one corrected by hand", async ({ page, kazi, accessible }, info) => {
      const say = (key: string) => t(lang, key);
      await signIn(page, PROVIDER, lang, "/figures");
      await ready(page);
      await accessible(page);
      const row = page.locator(`#${missing}`);
      await expect(row.locator(".figure")).toHaveText(say("metrics.not_given"));

      await page.getByText(say("metrics.table"), { exact: true }).click();
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: say("metrics.download_csv") }).click();
      const file = info.outputPath("readings.csv");
      await (await download).saveAs(file);
      const table = readFileSync(file, "utf8");
      const header = table.split("\n")[0]?.split(",") ?? [];
      const filled = (value: string) => table.split("\n").map((line) => {
        if (!line.startsWith(`${missing},`)) return line;
        const before = line.split(",");
        before[header.indexOf("value")] = value;
        return before.join(",");
      }).join("\n");

      const input = page.getByLabel(say("metrics.upload"));
      writeFileSync(file, filled('"8,5"'));
      await input.setInputFiles(file);
      await page.getByRole("button", { name: say("metrics.check_file") }).click();
      const status = page.getByRole("status").filter({ hasText: say("metrics.file_tried") });
      await expect(status).toContainText(t(lang, "metrics.column", { name: "value" }));
      await accessible(page);
      const mended = info.outputPath("mended.csv");
      writeFileSync(mended, filled("8.5"));
      await input.setInputFiles(mended);
      await page.getByRole("button", { name: say("metrics.send_file") }).click();
      await expect(row.locator(".figure")).toHaveText(lang === "fr" ? "8,5" : "8.5");

      const provider = await asProgram(kazi.address, PROVIDER);
      const { organisation } = (await provider("me")).memberships[0];
      const score = async () => (await provider(`organisations/${organisation}/rating`)).rating.band.low as number;
      const before = await score();
      const quality = page.locator("#quality_met_share");
      await quality.getByRole("button").first().click();
      const reason = quality.getByLabel(say("metrics.reason"), { exact: true });
      await quality.getByLabel(say("metrics.value"), { exact: true }).fill(lower);
      await quality.getByRole("button", { name: say("metrics.save"), exact: true }).click();
      await expect(reason, "a correction asks why, and loses nothing").toHaveAttribute("aria-invalid", "true");
      await expect(quality.getByLabel(say("metrics.value"), { exact: true })).toHaveValue(lower);
      // What sticks to the top lies over a field that is being scrolled, as it may.
      await page.locator(".top").evaluateAll((bars) => { for (const bar of bars) (bar as HTMLElement).style.position = "static"; });
      await accessible(page);
      await reason.fill("One client was forgotten.");
      await quality.getByRole("button", { name: say("metrics.save"), exact: true }).click();
      await expect(quality.locator(".figure")).toContainText(lower);
      await quality.getByText(say("metrics.history"), { exact: true }).click();
      expect(await score(), "the rating follows").toBeLessThan(before);

      await page.goto(`/organisations/${organisation}/rating`);
      await ready(page);
      await accessible(page);
      const pay = page.locator("#pay");
      await pay.getByText(say("rating.steps"), { exact: true }).first().click();
      await expect(pay.getByRole("link", { name: named("living_wage_earners", lang) })).toBeVisible();
      await accessible(page);
    });

    test("a guest reads the standard, and a rating without its figures", async ({ page, kazi, accessible }) => {
      const say = (key: string) => t(lang, key);
      await page.goto("/standard");
      await ready(page);
      await expect(page.locator("#turnover_rate").getByRole("heading")).toHaveText(named("turnover_rate", lang));
      await accessible(page);
      const provider = await asProgram(kazi.address, PROVIDER);
      const { organisation } = (await provider("me")).memberships[0];
      await page.goto(`/organisations/${organisation}/rating`);
      await ready(page);
      await expect(page.getByText("These figures are fictional", { exact: false })).toBeVisible();
      await expect(page.getByRole("columnheader", { name: say("rating.figure"), exact: true })).toHaveCount(0);
      await accessible(page);
    });
  });
}

test("a buyer compares three on the same metrics, and what is not shown is missing", async ({ page, another, kazi, accessible }) => {
  const buyer = await asProgram(kazi.address, BUYER);
  const { items } = (await buyer("organisations?limit=60")) as { items: { id: string; name: string }[] };
  const reports = async (id: string) => (await buyer(`readings?organisation=${id}&limit=1`)).items.length > 0;
  const reporting: { id: string; name: string }[] = [];
  const silent: { id: string; name: string }[] = [];
  for (const one of items) ((await reports(one.id)) ? reporting : silent).push(one);
  const three = [...reporting.slice(0, 2), silent[0]].map((one) => one?.id ?? "");
  await signIn(page, BUYER, "en", `/figures/compare?organisations=${three.join(",")}`);
  await ready(page);
  const row = (at: Page) => at.getByRole("table").first().getByRole("row", { name: named("impact_worker_share", "en") });
  await expect(page.getByRole("table").first().getByRole("columnheader")).toHaveCount(4);
  const share = row(page);
  await expect(share.getByRole("cell").nth(0)).toContainText("%");
  await expect(share.getByRole("cell").nth(0)).toContainText(t("en", "codes.reading_grade.self_declared"));
  await expect(share.getByRole("cell").nth(2)).toHaveText(t("en", "metrics.missing"));
  await accessible(page);
  // A guest, to whom nothing is shown, sees nothing.
  const guest = await another();
  await guest.goto(`/figures/compare?organisations=${three.join(",")}`);
  await ready(guest);
  await expect(row(guest).getByRole("cell").nth(0)).toHaveText(t("en", "metrics.missing"));
});
