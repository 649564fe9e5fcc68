// A steward brings in the real list of providers: she sees what each column says and what applying would do, applies it, finds
// nothing new the second time, and undoes it. A row that is wrong is named by line and column. Once in each language.
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, ready, test, type Page } from "../fixtures/test.js";
import { signIn, STEWARD } from "../fixtures/people.js";
import { root } from "../fixtures/server.js";
import { xlsx } from "../fixtures/sheet.js";
import { t, type Lang } from "../fixtures/words.js";

// The list is not ours to publish: it lies beside the repository where it is there at all.
const LIST = resolve(root, "../shared/data/providers_public.csv");
const SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

for (const { lang, locale } of [{ lang: "en", locale: "en-GB" }, { lang: "fr", locale: "fr-FR" }] as { lang: Lang; locale: string }[]) {
  test.describe(`in ${lang}`, () => {
    test.use({ locale });
    const say = (key: string, places: Record<string, string> = {}) => t(lang, key, places);

    /** Uploads a file and waits for what it would do. */
    async function upload(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
      await page.goto("/staff/imports");
      await ready(page);
      await page.getByLabel(say("staff.file"), { exact: true }).setInputFiles({ name, mimeType, buffer });
      await page.getByRole("button", { name: say("staff.upload"), exact: true }).click();
      await page.waitForURL(/\/staff\/imports\/[0-9a-f-]{36}$/);
      await ready(page);
      await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    }

    /** New, changed, nothing new, kept by themselves, left out. */
    async function planned(page: Page, counts: number[]): Promise<void> {
      const names = ["plan_create", "plan_update", "plan_unchanged", "plan_claimed", "plan_refused"].map((name) => say(`staff.${name}`));
      for (const [at, name] of names.entries()) {
        const fact = page.locator(".fact").filter({ has: page.getByText(name, { exact: true }) });
        await expect(fact.locator("dd"), name).toHaveText(String(counts[at]));
      }
    }

    async function confirm(page: Page, what: "apply" | "undo", done: string): Promise<void> {
      await page.getByRole("button", { name: say(`staff.${what}`), exact: true }).click();
      await page.getByRole("dialog").getByRole("button", { name: say(`staff.${what}`), exact: true }).click();
      await expect(page.getByText(say(`staff.${done}`))).toBeVisible();
      await expect(page.getByText(say(`codes.import_state.${done}`), { exact: true })).toBeVisible();
    }

    test("the real list: looked at, applied, nothing new again, undone", async ({ page, kazi, accessible }) => {
      test.skip(!existsSync(LIST), `there is no ${LIST}`);
      const real = readFileSync(LIST, "utf8").trimEnd();
      const columns = real.split("\n", 1)[0]?.trim().split(",") ?? [];
      const broken = columns.map((name) => ({ name: "Nowhere Data", country_hq: "Atlantis", founded: "long ago" })[name] ?? "");
      const list = Buffer.from(`${real}\n${broken.join(",")}\n`);
      const listing = async () => (await fetch(`${kazi.address}/api/v1/organisations/by-slug/cloudfactory`)).status;

      await signIn(page, STEWARD, lang, "/staff/imports");
      await ready(page);
      await accessible(page);
      await upload(page, "real.csv", "text/csv", list);
      const address = page.url();
      await accessible(page);
      for (const [column, field] of [["name", "name"], ["country_hq", "country_hq"], ["headcount_year", "headcount_year"]] as const) {
        await expect(page.getByLabel(say("staff.column_says", { name: column }), { exact: true })).toHaveValue(field);
      }
      await planned(page, [18, 0, 0, 0, 1]);
      const wrong = page.getByRole("region", { name: say("staff.errors"), exact: true }).getByRole("row");
      await expect(wrong.filter({ hasText: "Atlantis" })).toContainText(/^20\s*country_hq/);
      await expect(wrong.filter({ hasText: "long ago" })).toContainText(/^20\s*founded/);

      const says = page.getByLabel(say("staff.column_says", { name: "headcount_year" }), { exact: true });
      await says.selectOption("");
      await page.getByRole("button", { name: say("staff.check"), exact: true }).click();
      await expect(page.getByText(say("staff.checked"))).toBeVisible();
      await says.selectOption("headcount_year");
      await page.getByRole("button", { name: say("staff.check"), exact: true }).click();
      await planned(page, [18, 0, 0, 0, 1]);
      expect(await listing(), "looking changes nothing").toBe(404);

      await confirm(page, "apply", "applied");
      await accessible(page);
      expect(await listing()).toBe(200);
      await page.goto("/providers/cloudfactory");
      await ready(page);
      await expect(page.getByRole("heading", { level: 1, name: "CloudFactory" })).toBeVisible();
      await accessible(page);

      await upload(page, "again.csv", "text/csv", list);
      await planned(page, [0, 0, 18, 0, 1]);

      await page.goto(address);
      await ready(page);
      await confirm(page, "undo", "undone");
      await accessible(page);
      expect(await listing(), "undone").toBe(404);
    });

    test("a spreadsheet is read like a list", async ({ page }) => {
      await signIn(page, STEWARD, lang, "/staff/imports");
      const rows = [["Company name", "Country", "Services"], [`Sheet Works ${lang}`, "Kenya", "data_entry; transcription"], ["Half a Row", "", "juggling"]];
      await upload(page, "list.xlsx", SHEET, xlsx(rows));
      await planned(page, [1, 0, 0, 0, 1]);
      await expect(page.getByRole("row").filter({ hasText: "juggling" }).last()).toContainText(/^3\s*Services/);
    });
  });
}
