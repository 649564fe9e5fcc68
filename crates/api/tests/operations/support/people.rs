//! People for tests: registered, confirmed by the mailed link, and signed in, as anybody would be.

use super::{Actor, Kazi};
use kazi_core::identity::{MemberRole, StaffRole};
use kazi_core::ids::{OrganisationId, PersonId};
use serde_json::json;
use std::time::{Duration, Instant};

pub const PASSWORD: &str = "correct horse battery";

impl Kazi {
    /// Somebody with a confirmed account, signed in.
    pub async fn person(&self, email: &str) -> Actor<'_> {
        let nobody = self.nobody();
        let new = json!({ "email": email, "name": "Ada Test", "password": PASSWORD, "language": "en" });
        nobody.post("/api/v1/identity/registrations", new).await.expect(202);
        let token = self.mailed_token(email).await;
        nobody.post("/api/v1/identity/confirmations", json!({ "token": token })).await.expect(204);
        self.signed_in(email, PASSWORD).await
    }

    pub async fn signed_in(&self, email: &str, password: &str) -> Actor<'_> {
        let given = json!({ "email": email, "password": password, "cookie": false });
        let tokens = self.nobody().post("/api/v1/identity/sessions", given).await.expect(200).body;
        let email = kazi_core::identity::normal_email(email);
        let account = self.state.store.read(move |db| kazi_store::identity::account_by_email(db, &email)).await.expect("a read");
        let person = account.expect("an account").id;
        Actor { person: Some(person), ..self.bearer(tokens["access_token"].as_str().expect("a token")) }
    }

    /// A new member of the platform's staff.
    pub async fn staff(&self, role: StaffRole) -> Actor<'_> {
        let actor = self.person(&format!("{}@kazi.example", uuid())).await;
        let (id, now) = (actor.person_id(), self.state.now());
        self.state.store.write(move |db| kazi_store::identity::set_staff(db, id, Some(role), now, None)).await.expect("staff");
        actor
    }

    /// A new member of an organisation.
    pub async fn member_of(&self, organisation: OrganisationId, role: MemberRole) -> Actor<'_> {
        let actor = self.person(&format!("{}@member.example", uuid())).await;
        let (id, now) = (actor.person_id(), self.state.now());
        let added = move |db: &mut kazi_store::Db| kazi_store::identity::add_member(db, organisation, id, role, now, None);
        self.state.store.write(added).await.expect("a membership");
        actor
    }

    /// The token of the newest letter to that address.
    pub async fn mailed_token(&self, email: &str) -> String {
        let letter = self.letter(email, "token=").await;
        let rest = letter.split("token=").nth(1).expect("a link");
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
    }

    /// The newest letter to that address that holds `part`; waits for it, and takes it away.
    pub async fn letter(&self, email: &str, part: &str) -> String {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(letter) = newest_letter(self.data_dir(), email, part) {
                return letter;
            }
            assert!(Instant::now() < deadline, "no letter to {email} with {part}");
            tokio::time::sleep(Duration::from_millis(3)).await;
        }
    }
}

/// The newest letter in a data folder's outbox to that address that holds `part`; takes it away.
pub fn newest_letter(data_dir: &std::path::Path, email: &str, part: &str) -> Option<String> {
    let to = format!("To: {}\r\n", kazi_core::identity::normal_email(email));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(data_dir.join("outbox")).ok()?.flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        let plain = unquoted(&text);
        if text.contains(&to) && plain.contains(part) && plain.contains("Kazi\r\n") {
            found.push((entry.metadata().and_then(|m| m.modified()).ok()?, entry.path(), plain));
        }
    }
    let (_, path, text) = found.into_iter().max_by_key(|(at, ..)| *at)?;
    let _ = std::fs::remove_file(path);
    Some(text)
}

impl Actor<'_> {
    #[track_caller]
    pub fn token(&self) -> &str {
        self.token.as_deref().expect("a signed-in person")
    }
    #[track_caller]
    pub fn person_id(&self) -> PersonId {
        self.person.expect("a signed-in person")
    }
}

fn uuid() -> String {
    kazi_api::state::new_id::<PersonId>().to_string()
}

/// Undoes quoted-printable.
fn unquoted(text: &str) -> String {
    let joined = text.replace("=\r\n", "");
    let bytes = joined.as_bytes();
    let (mut out, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while i < bytes.len() {
        let code = (bytes[i] == b'=').then(|| joined.get(i + 1..i + 3)).flatten().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(byte) => (out.push(byte), i += 3).1,
            None => (out.push(bytes[i]), i += 1).1,
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
