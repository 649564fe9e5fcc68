//! Choosing a new password by a mailed link.

use super::secret;
use crate::http::{Answer, Body, Fail, Reply};
use crate::mail::Text;
use crate::state::State;
use actix_web::{post, web};
use kazi_core::identity::{CompletePasswordReset, MailOnItsWay, NewPasswordReset, normal_email};
use kazi_core::problem::Code;
use kazi_store::identity::{self, MailedFor};

const WITHIN: chrono::Duration = chrono::Duration::hours(1);

/// Ask for a link to choose a new password
///
/// The answer is the same whether the address has an account or not; only one with an account gets a mail.
#[utoipa::path(tag = "identity", operation_id = "create_password_reset",
    request_body(content = NewPasswordReset, example = json!({"email": "ada@example.org"})),
    responses((status = 202, body = MailOnItsWay, description = "A mail is on its way, if there is such an account.")))]
#[post("/identity/password-resets")]
pub async fn create_password_reset(state: web::Data<State>, body: Body<NewPasswordReset>) -> Answer<Reply> {
    let email = normal_email(&body.value.email);
    if state.identity.letters.may_go("reset", &email) {
        // Off the request's way, so that an address with an account takes no longer.
        tokio::spawn(send_link(state.get_ref().clone(), email.clone()));
    }
    Ok(Reply::accepted(&MailOnItsWay { email }))
}

async fn send_link(state: State, email: String) {
    let (token, now, address) = (secret::new_secret(), state.now(), email.clone());
    let hash = secret::hash(&token);
    let given = state
        .store
        .write(move |db| {
            let account = identity::account_by_email(db, &address)?;
            if let Some(account) = &account {
                identity::give(db, account.id, MailedFor::PasswordReset, &hash, now, now.plus(WITHIN))?;
            }
            Ok::<_, kazi_store::StoreError>(account)
        })
        .await;
    match given {
        Ok(Some(account)) => {
            let link = state.settings.link("reset", &token);
            state.mailer.send(Text::ResetPassword { name: &account.name, link: &link }.to(&email, &account.language));
        }
        Ok(None) => {}
        Err(error) => tracing::error!(%error, "a link to a new password could not be made"),
    }
}

/// Choose a new password
///
/// With the token of the mailed link, which works once. The person is signed out everywhere and told by mail.
#[utoipa::path(tag = "identity", operation_id = "complete_password_reset",
    request_body(content = CompletePasswordReset, example = json!({"token": "Jl2…", "password": "another long one"})),
    responses((status = 404, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "The link was used before or is too old."), (status = 204, description = "The new password holds.")))]
#[post("/identity/password-resets/complete")]
pub async fn complete_password_reset(state: web::Data<State>, body: Body<CompletePasswordReset>) -> Answer<Reply> {
    let (token, now) = (secret::hash(&body.value.token), state.now());
    let password = state.identity.passwords.hash(body.value.password).await?;
    let account = state
        .store
        .write(move |db| {
            let person = identity::take(db, MailedFor::PasswordReset, &token, now)?
                .ok_or_else(|| Fail::new(Code::NotFound, "The link was used before or is too old. Ask for a new one."))?;
            identity::set_password(db, person, &password, now, Some(person.0))?;
            identity::confirm(db, person, now)?;
            identity::end_all(db, person, now)?;
            identity::account(db, person).map_err(Fail::from)
        })
        .await?;
    let forgot = state.settings.page("forgotten");
    state.mailer.send(Text::PasswordChanged { name: &account.name, forgot: &forgot }.to(&account.email, &account.language));
    Ok(Reply::nothing())
}
