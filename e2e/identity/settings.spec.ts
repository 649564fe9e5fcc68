// An organisation's people and keys, and one's own account: a colleague is invited, changes role and is removed; a key is made, used
// and revoked; a forgotten password is replaced; the account is exported and deleted.
import { readFileSync } from "node:fs";
import { expect, expects, ready, test } from "../fixtures/test.js";
import { asProgram, BUYER, PASSWORD, signIn, signUp } from "../fixtures/people.js";
import { link } from "../fixtures/server.js";
import { t } from "../fixtures/words.js";

const say = (key: string, places: Record<string, string> = {}) => t("en", key, places);
const named = (key: string, places: Record<string, string> = {}) => ({ name: say(key, places), exact: true });

test("a colleague is invited, accepts, changes role and is removed", async ({ page, another, kazi, accessible }) => {
  const [email, name] = ["cora@colleague.example", "Cora Colleague"];
  const { memberships } = await (await asProgram(kazi.address, BUYER))("me");
  const [{ organisation, name: buyer }] = memberships;
  await signIn(page, BUYER, "en", `/organisations/${organisation}/settings`);
  await ready(page);
  await accessible(page);
  await page.getByLabel(say("settings.email"), { exact: true }).fill(email);
  await page.getByLabel(say("settings.role"), { exact: true }).selectOption("member");
  await page.getByRole("button", named("settings.send_invitation")).click();
  await expect(page.getByText(say("settings.invited", { email }))).toBeVisible();
  await expect(page.getByRole("button", named("settings.withdraw_of", { email }))).toBeVisible();

  const invitation = new URL(link(await kazi.mail(email)));
  const theirs = await another();
  await theirs.goto(invitation.href);
  await ready(theirs);
  await accessible(theirs);
  await theirs.locator("main").getByRole("link", named("identity.sign_up")).click();
  await theirs.waitForURL(/\/sign-up/);
  await ready(theirs);
  await signUp(theirs, kazi, email, name);
  await signIn(theirs, email, "en", `${invitation.pathname}${invitation.search}`);
  await ready(theirs);
  await accessible(theirs);
  await theirs.getByRole("button", named("settings.accept")).click();
  await expect(theirs.getByRole("heading", { level: 1, name: say("settings.welcome", { name: buyer }) })).toBeVisible();
  await accessible(theirs);

  await page.reload();
  await ready(page);
  const role = page.getByLabel(say("settings.role_of", { name }), { exact: true });
  await expect(role).toHaveValue("member");
  await role.selectOption("editor");
  await expect(page.getByText(say("settings.role_changed"))).toBeVisible();
  const hers = await asProgram(kazi.address, email);
  expect((await hers("me")).memberships[0].role).toBe("editor");

  await page.getByRole("button", named("settings.remove_named", { name })).click();
  await expect(page.getByRole("dialog")).toContainText(say("settings.remove_text", { name }));
  await accessible(page);
  await page.getByRole("dialog").getByRole("button", named("settings.remove")).click();
  await expect(page.getByText(say("settings.removed"), { exact: true })).toBeVisible();
  await expect(role).toHaveCount(0);
  await theirs.goto(`/organisations/${organisation}/settings`);
  await expect(theirs.getByText(say("settings.not_a_member"))).toBeVisible();
  await accessible(theirs);
});

test("a key is made, used by a program and revoked", async ({ page, kazi, accessible }) => {
  const { memberships } = await (await asProgram(kazi.address, BUYER))("me");
  const { organisation } = memberships[0];
  await signIn(page, BUYER, "en", `/organisations/${organisation}/settings`);
  await ready(page);
  await page.getByRole("tab", named("settings.keys")).click();
  await accessible(page);
  await page.getByLabel(say("settings.key_name"), { exact: true }).fill("CRM sync");
  await page.getByLabel(say("codes.scope.matching.read"), { exact: true }).check();
  await page.getByRole("button", named("settings.make_key")).click();
  const key = (await page.locator("code.secret").textContent()) ?? "";
  expect(key).toMatch(/^kazi_/);
  await accessible(page);

  const needs = async () => fetch(`${kazi.address}/api/v1/needs?organisation=${organisation}`, { headers: { authorization: `Bearer ${key}` } });
  const read = await needs();
  expect(read.status).toBe(200);
  expect(((await read.json()) as { items: unknown[] }).items.length).toBeGreaterThan(0);
  await page.getByRole("button", named("settings.revoke_named", { name: "CRM sync" })).click();
  await page.getByRole("dialog").getByRole("button", named("settings.revoke")).click();
  await expect(page.getByText(say("settings.is_revoked"), { exact: true })).toBeVisible();
  expect((await needs()).status, "shut out at once").toBe(401);
});

test("a forgotten password is replaced; the account is exported and deleted", async ({ page, kazi, accessible }) => {
  const [email, fresh] = ["fern@forgetful.example", "a quite different one"];
  await page.goto("/sign-up");
  await ready(page);
  await signUp(page, kazi, email, "Fern Forgetful");
  await page.goto("/forgot");
  await ready(page);
  await accessible(page);
  await page.getByLabel(say("identity.email"), { exact: true }).fill(email);
  await page.getByRole("button", named("identity.send_link")).click();
  await expect(page.getByText(say("identity.look_into_mail", { email }))).toBeVisible();
  await page.goto(link(await kazi.mail(email, /password/)));
  await ready(page);
  await accessible(page);
  await page.getByLabel(say("identity.new_password"), { exact: true }).fill(fresh);
  await page.getByRole("button", named("ui.save")).click();
  await expect(page.getByText(say("identity.reset_done"))).toBeVisible();

  expects(page, /401/);
  await page.goto("/sign-in");
  await ready(page);
  await page.getByLabel(say("identity.email"), { exact: true }).fill(email);
  await page.getByLabel(say("identity.password"), { exact: true }).fill(PASSWORD);
  await page.getByRole("button", named("identity.sign_in")).click();
  await expect(page.getByText(say("codes.problem.bad_credentials")), "the old one is good no more").toBeVisible();
  await accessible(page);

  await signIn(page, email, "en", "/account", fresh);
  await ready(page);
  await accessible(page);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", named("account.export_do")).click()]);
  const exported = JSON.parse(readFileSync(await file.path(), "utf8"));
  expect(JSON.stringify(exported)).toContain(email);

  await page.getByRole("button", named("account.delete_do")).click();
  await accessible(page);
  const asked = page.getByRole("dialog");
  await asked.getByLabel(say("account.email"), { exact: true }).fill(email);
  await asked.getByRole("button", named("account.delete_do")).click();
  await expect(page.getByText(say("account.deleted"))).toBeVisible();
  const session = { email, password: fresh, cookie: false };
  const again = await fetch(`${kazi.address}/api/v1/identity/sessions`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(session),
  });
  expect(again.status, "she can no longer sign in").toBe(401);
});
