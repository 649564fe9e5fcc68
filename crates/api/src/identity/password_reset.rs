//! Choosing a new password by a mailed link.

use super::secret;
use crate::http::limits::Hashing;
use crate::http::{Answer, Body, Fail, Reply};
use crate::mail::{Letter, Text};
use crate::state::State;
use actix_web::{HttpRequest, post, web};
use kazi_core::identity::{CompletePasswordReset, MailOnItsWay, NewPasswordReset, normal_email};
use kazi_core::problem::Code;
use kazi_store::Db;
use kazi_store::identity::{self, MailedFor};

const WITHIN: chrono::Duration = chrono::Duration::hours(1);

/// Ask for a link to choose a new password
///
/// The answer is the same whether the address has an account or not; only one with an account gets a mail.
#[utoipa::path(tag = "identity", operation_id = "create_password_reset",
    request_body(content = NewPasswordReset, example = json!({"email": "ada@example.org"})),
    responses((status = 202, body = MailOnItsWay, description = "A mail is on its way, if there is such an account.")))]
#[post("/identity/password-resets")]
pub async fn create_password_reset(state: web::Data<State>, req: HttpRequest, body: Body<NewPasswordReset>) -> Answer<Reply> {
    let email = normal_email(&body.value.email);
    state.identity.letters.count("reset", &email, state.limits.of(&req))?;
    let (token, now, outbox, address) = (secret::new_secret(), state.now(), state.mailer.outbox(), email.clone());
    let (hash, link) = (secret::hash(&token), state.settings.link("reset", &token));
    let write = move |db: &mut Db| {
        let letter = match identity::account_by_email(db, &address)? {
            Some(account) => {
                identity::give(db, account.id, MailedFor::PasswordReset, &hash, now, now.plus(WITHIN))?;
                Text::ResetPassword { name: &account.name, link: &link }.to(&address, &account.language)
            }
            // A letter to nobody, so that an address without an account takes as long.
            None => Letter { to: None, subject: String::new(), text: String::new() },
        };
        outbox.put(db, &letter, now)
    };
    state.store.write(write).await?;
    state.mailer.wake();
    Ok(Reply::accepted(&MailOnItsWay { email }))
}

/// Choose a new password
///
/// With the token of the mailed link, which works once. The person is signed out everywhere and told by mail.
#[utoipa::path(tag = "identity", operation_id = "complete_password_reset",
    request_body(content = CompletePasswordReset, example = json!({"token": "Jl2…", "password": "another long one"})),
    responses((status = 404, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "The link was used before or is too old."), (status = 204, description = "The new password holds.")))]
#[post("/identity/password-resets/complete")]
pub async fn complete_password_reset(state: web::Data<State>, _hashing: Hashing, body: Body<CompletePasswordReset>) -> Answer<Reply> {
    let (token, now) = (secret::hash(&body.value.token), state.now());
    let password = state.identity.passwords.hash(body.value.password).await?;
    let (outbox, forgot) = (state.mailer.outbox(), state.settings.page("forgotten"));
    state
        .store
        .write(move |db| {
            let person = identity::take(db, MailedFor::PasswordReset, &token, now)?
                .ok_or_else(|| Fail::new(Code::NotFound, "The link was used before or is too old. Ask for a new one."))?;
            identity::set_password(db, person, &password, now, Some(person.0))?;
            identity::confirm(db, person, now)?;
            identity::end_all(db, person, now)?;
            let account = identity::account(db, person)?;
            let letter = Text::PasswordChanged { name: &account.name, forgot: &forgot }.to(&account.email, &account.language);
            outbox.put(db, &letter, now).map_err(Fail::from)
        })
        .await?;
    state.mailer.wake();
    Ok(Reply::nothing())
}
