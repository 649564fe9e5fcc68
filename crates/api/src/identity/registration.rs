//! Signing up and confirming the address. Answers never tell whether an address has an account; the mail does, to
//! whoever reads it.

use super::{Who, secret};
use crate::http::limits::Hashing;
use crate::http::{Answer, Body, Fail, Reply};
use crate::mail::{Letter, Outbox, Text};
use crate::state::{State, new_id};
use actix_web::{HttpRequest, post, web};
use kazi_core::identity::{MailOnItsWay, MailedToken, NewRegistration, normal_email};
use kazi_core::policy;
use kazi_core::problem::Code;
use kazi_core::{Instant, codes::Language};
use kazi_store::identity::{self, NewPerson, SignedUp};
use kazi_store::{Db, StoreError, StoreResult};
use std::sync::Arc;

const CONFIRM_WITHIN: chrono::Duration = chrono::Duration::days(2);

/// Signs somebody up and mails a link to confirm the address. The answer is the same whether the address has an account
/// or not. Where it has one that nobody has confirmed, the new name and password hold once the new letter is followed.
#[utoipa::path(tag = "identity", operation_id = "create_registration", summary = "Sign up",
    request_body(content = NewRegistration, example = json!({"email": "ada@example.org", "name": "Ada", "password": "a long enough one", "language": "en"})),
    responses((status = 202, body = MailOnItsWay, description = "A mail is on its way.")))]
#[post("/identity/registrations")]
pub async fn create_registration(
    state: web::Data<State>,
    req: HttpRequest,
    _hashing: Hashing,
    body: Body<NewRegistration>,
) -> Answer<Reply> {
    let new = body.value;
    let email = normal_email(&new.email);
    if new.name.trim().is_empty() {
        return Err(kazi_core::problem::Refusal::field("/name", "required", "Say how we may call you.").into());
    }
    state.identity.letters.count("register", &email, state.limits.of(&req))?;
    let password = state.identity.passwords.hash(new.password).await?;
    let name = new.name.trim().to_owned();
    let person = NewPerson { id: new_id(), email: email.clone(), name, language: new.language, password: Some(password) };
    let letters = Arc::new(Letters::of(&state));
    let sign_up = async || {
        let (letters, person, now) = (letters.clone(), person.clone(), state.now());
        state.store.write(move |db| letters.sign_up(db, &person, now)).await
    };
    let mut signed_up = sign_up().await;
    if matches!(&signed_up, Err(StoreError::Refused(refusal)) if refusal.code == Code::AlreadyExists) {
        // Somebody else signed up with the address at the same moment.
        signed_up = sign_up().await;
    }
    signed_up?;
    state.mailer.wake();
    Ok(Reply::accepted(&MailOnItsWay { email }))
}

/// What the letters of a sign-up need.
struct Letters {
    outbox: Outbox,
    token: String,
    link: String,
    sign_in: String,
    forgot: String,
}

impl Letters {
    fn of(state: &State) -> Self {
        let (token, settings) = (secret::new_secret(), &state.settings);
        let link = settings.link("confirm", &token);
        Self { outbox: state.mailer.outbox(), token, link, sign_in: settings.page("sign-in"), forgot: settings.page("forgotten") }
    }

    fn sign_up(&self, db: &mut Db, new: &NewPerson, now: Instant) -> StoreResult<()> {
        let letter = match identity::sign_up(db, new, now)? {
            SignedUp::New(id) => self.confirm(db, id, None, &new.name, &new.email, &new.language, now)?,
            SignedUp::Waiting(id) => self.confirm(db, id, Some(new), &new.name, &new.email, &new.language, now)?,
            SignedUp::Known(known) => {
                let text = Text::HasAccount { name: &known.name, sign_in: &self.sign_in, forgot: &self.forgot };
                text.to(&known.email, &known.language)
            }
        };
        self.outbox.put(db, &letter, now)
    }

    #[expect(clippy::too_many_arguments, reason = "who is to be confirmed, by what, when")]
    fn confirm(
        &self,
        db: &mut Db,
        person: kazi_core::ids::PersonId,
        said: Option<&NewPerson>,
        name: &str,
        email: &str,
        language: &Language,
        now: Instant,
    ) -> StoreResult<Letter> {
        identity::give_confirmation(db, person, &secret::hash(&self.token), said, now, now.plus(CONFIRM_WITHIN))?;
        Ok(Text::Confirm { name, link: &self.link }.to(email, language))
    }
}

/// Confirms an e-mail address with the token of the mailed link, which works once. Of several sign-ups with one address the
/// one whose letter is followed holds, and whoever was signed in before by another is signed out.
#[utoipa::path(tag = "identity", operation_id = "create_confirmation", summary = "Confirm an address",
    request_body(content = MailedToken, example = json!({"token": "Jl2…"})),
    responses((status = 404, body = kazi_core::problem::Problem, content_type = "application/problem+json", description = "The link was used before or is too old."), (status = 204, description = "The address is confirmed.")))]
#[post("/identity/confirmations")]
pub async fn create_confirmation(state: web::Data<State>, body: Body<MailedToken>) -> Answer<Reply> {
    let (hash, now) = (secret::hash(&body.value.token), state.now());
    let good = state.store.write(move |db| identity::confirm_by_letter(db, &hash, now)).await?;
    if !good {
        return Err(Fail::new(Code::NotFound, "The link was used before or is too old. Sign in and ask for another."));
    }
    Ok(Reply::nothing())
}

/// Mails the signed-in person another link to confirm the address. Refused (409) when it is confirmed.
#[utoipa::path(tag = "identity", operation_id = "resend_confirmation", summary = "Ask for another confirmation letter", security(("bearer" = [])),
    responses((status = 202, body = MailOnItsWay, description = "A mail is on its way.")))]
#[post("/me/confirmation")]
pub async fn resend_confirmation(state: web::Data<State>, req: HttpRequest, who: Who) -> Answer<Reply> {
    let id = policy::person(&who.0)?.id;
    let account = state.store.read(move |db| identity::account(db, id)).await?;
    if account.confirmed {
        return Err(Fail::new(Code::Conflict, "Your address is confirmed already."));
    }
    state.identity.letters.count("register", &account.email, state.limits.of(&req))?;
    let (letters, now, email) = (Letters::of(&state), state.now(), account.email.clone());
    let write = move |db: &mut Db| {
        let letter = letters.confirm(db, id, None, &account.name, &account.email, &account.language, now)?;
        letters.outbox.put(db, &letter, now)
    };
    state.store.write(write).await?;
    state.mailer.wake();
    Ok(Reply::accepted(&MailOnItsWay { email }))
}
