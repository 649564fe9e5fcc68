//! Identity's calls: accounts, sessions, the signed-in person.

use crate::{Kazi, Method, NoBody, Result, Transport};
use kazi_core::identity::*;
use serde_json::json;

pub struct Identity<'a, T>(&'a Kazi<T>);
pub struct Me<'a, T>(&'a Kazi<T>);

impl<T: Transport> Kazi<T> {
    /// Signing up and in.
    pub fn identity(&self) -> Identity<'_, T> {
        Identity(self)
    }
    /// The signed-in person's own account.
    pub fn me(&self) -> Me<'_, T> {
        Me(self)
    }
}

impl<T: Transport> Identity<'_, T> {
    pub async fn register(&self, new: &NewRegistration) -> Result<NoBody> {
        self.0.call(Method::Post, "identity/registrations").json(new).done().await
    }
    pub async fn confirm(&self, token: &str) -> Result<NoBody> {
        self.0.call(Method::Post, "identity/confirmations").json(&json!({ "token": token })).done().await
    }
    pub async fn sign_in(&self, new: &NewSession) -> Result<SessionTokens> {
        self.0.call(Method::Post, "identity/sessions").header("X-Requested-With", "kazi").json(new).receive().await
    }
    /// For programs other than browsers: the next tokens for the refresh token, which is spent by that.
    pub async fn refresh(&self, refresh_token: &str) -> Result<SessionTokens> {
        self.0.call(Method::Post, "identity/sessions/refresh").json(&json!({ "refresh_token": refresh_token })).receive().await
    }
    pub async fn sign_out(&self) -> Result<NoBody> {
        self.0.call(Method::Delete, "identity/sessions/current").done().await
    }
    pub async fn sign_out_everywhere(&self) -> Result<NoBody> {
        self.0.call(Method::Delete, "identity/sessions").done().await
    }
    pub async fn request_password_reset(&self, new: &NewPasswordReset) -> Result<NoBody> {
        self.0.call(Method::Post, "identity/password-resets").json(new).done().await
    }
    pub async fn complete_password_reset(&self, complete: &CompletePasswordReset) -> Result<NoBody> {
        self.0.call(Method::Post, "identity/password-resets/complete").json(complete).done().await
    }
    /// With the token of the mailed link, signed in with the account of the address that was invited.
    pub async fn accept_invitation(&self, token: &str) -> Result<Membership> {
        self.0.call(Method::Post, "identity/invitations/accept").json(&json!({ "token": token })).receive().await
    }
}

impl<T: Transport> Me<'_, T> {
    pub async fn read(&self) -> Result<MyAccount> {
        self.0.call(Method::Get, "me").receive().await
    }
    pub async fn edit(&self, version: i32, edit: &AccountEdit) -> Result<MyAccount> {
        self.0.call(Method::Patch, "me").if_version(version).merge_patch(edit).receive().await
    }
    /// Another letter with a link to confirm the address.
    pub async fn resend_confirmation(&self) -> Result<NoBody> {
        self.0.call(Method::Post, "me/confirmation").done().await
    }
    pub async fn export(&self) -> Result<serde_json::Value> {
        self.0.call(Method::Get, "me/export").receive().await
    }
    pub async fn delete(&self) -> Result<NoBody> {
        self.0.call(Method::Delete, "me").done().await
    }
}
