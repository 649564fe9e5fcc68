//! Signing up and confirming the address. Answers never tell whether an address has an account; the mail does, to
//! whoever reads it.

use super::secret;
use crate::http::{Answer, Body, Fail, Reply};
use crate::mail::Text;
use crate::state::{State, new_id};
use actix_web::{post, web};
use kazi_core::identity::{MailOnItsWay, MailedToken, NewRegistration, normal_email};
use kazi_core::problem::Code;
use kazi_store::StoreError;
use kazi_store::identity::{self, MailedFor, NewPerson};

const CONFIRM_WITHIN: chrono::Duration = chrono::Duration::days(2);

/// Signs somebody up and mails a link to confirm the address. The answer is the same whether the address has an account
/// or not.
#[utoipa::path(tag = "identity", operation_id = "create_registration", summary = "Sign up",
    request_body(content = NewRegistration, example = json!({"email": "ada@example.org", "name": "Ada", "password": "a long enough one", "language": "en"})),
    responses((status = 202, body = MailOnItsWay, description = "A mail is on its way.")))]
#[post("/identity/registrations")]
pub async fn create_registration(state: web::Data<State>, body: Body<NewRegistration>) -> Answer<Reply> {
    let new = body.value;
    let email = normal_email(&new.email);
    if new.name.trim().is_empty() {
        return Err(kazi_core::problem::Refusal::field("/name", "required", "Say how we may call you.").into());
    }
    if !state.identity.letters.may_go("register", &email) {
        return Ok(Reply::accepted(&MailOnItsWay { email }));
    }
    let password = state.identity.passwords.hash(new.password).await?;
    let person = NewPerson {
        id: new_id(),
        email: email.clone(),
        name: new.name.trim().to_owned(),
        language: new.language,
        password: Some(password),
    };
    let (token, now) = (secret::new_secret(), state.now());
    let (hash, added) = (secret::hash(&token), person.clone());
    let registered = state
        .store
        .write(move |db| {
            let id = identity::register(db, &added, now)?;
            identity::give(db, id, MailedFor::Confirmation, &hash, now, now.plus(CONFIRM_WITHIN))
        })
        .await;
    match registered {
        Ok(()) => {
            let link = state.settings.link("confirm", &token);
            state.mailer.send(Text::Confirm { name: &person.name, link: &link }.to(&email, &person.language));
        }
        Err(StoreError::Refused(refusal)) if refusal.code == Code::AlreadyExists => {
            let address = email.clone();
            if let Some(known) = state.store.read(move |db| identity::account_by_email(db, &address)).await? {
                let (sign_in, forgot) = (state.settings.page("sign-in"), state.settings.page("forgotten"));
                let text = Text::HasAccount { name: &known.name, sign_in: &sign_in, forgot: &forgot };
                state.mailer.send(text.to(&email, &known.language));
            }
        }
        Err(other) => return Err(other.into()),
    }
    Ok(Reply::accepted(&MailOnItsWay { email }))
}

/// Confirms an e-mail address with the token of the mailed link, which works once.
#[utoipa::path(tag = "identity", operation_id = "create_confirmation", summary = "Confirm an address",
    request_body(content = MailedToken, example = json!({"token": "Jl2…"})),
    responses((status = 404, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "The link was used before or is too old."), (status = 204, description = "The address is confirmed.")))]
#[post("/identity/confirmations")]
pub async fn create_confirmation(state: web::Data<State>, body: Body<MailedToken>) -> Answer<Reply> {
    let (hash, now) = (secret::hash(&body.value.token), state.now());
    state
        .store
        .write(move |db| {
            let person = identity::take(db, MailedFor::Confirmation, &hash, now)?.ok_or_else(|| {
                Fail::new(Code::NotFound, "The link was used before or is too old. Sign in, or sign up again to get a new one.")
            })?;
            identity::confirm(db, person, now).map_err(Fail::from)
        })
        .await?;
    Ok(Reply::nothing())
}
