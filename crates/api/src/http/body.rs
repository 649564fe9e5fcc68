//! JSON bodies, read strictly: an unknown field or a wrong type is named, and validation says
//! everything that is wrong at once.

use super::Fail;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use kazi_core::problem::{Code, FieldError, Refusal};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::future::Future;
use std::pin::Pin;
use validator::Validate;

/// The most bytes of a JSON body.
const LIMIT: usize = 2 * 1024 * 1024;

/// A validated JSON body, and what tells it apart from another.
pub struct Body<T> {
    pub value: T,
    pub fingerprint: String,
}

/// A JSON merge patch (RFC 7396), to be applied to what stands.
pub struct Patch {
    change: serde_json::Value,
}

type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Fail>>>>;

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Body<T> {
    type Error = Fail;
    type Future = Reading<Self>;
    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = bytes(req, payload, &["application/json"]);
        Box::pin(async move {
            let bytes = bytes.await?;
            let value: T = parse(&bytes)?;
            value.validate()?;
            Ok(Self { value, fingerprint: hex(&Sha256::digest(&bytes)) })
        })
    }
}

impl FromRequest for Patch {
    type Error = Fail;
    type Future = Reading<Self>;
    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = bytes(req, payload, &["application/merge-patch+json", "application/json"]);
        Box::pin(async move {
            let change: serde_json::Value = parse(&bytes.await?)?;
            if !change.is_object() {
                return Err(Fail::new(Code::MalformedBody, "A merge patch is a JSON object with the fields to change."));
            }
            Ok(Self { change })
        })
    }
}

impl Patch {
    /// What results from changing `current`; as strict as a whole body.
    pub fn apply<T: serde::Serialize + DeserializeOwned + Validate>(&self, current: &T) -> Result<T, Fail> {
        let mut document = serde_json::to_value(current).map_err(Fail::inside)?;
        json_patch::merge(&mut document, &self.change);
        let changed: T = serde_path_to_error::deserialize(document).map_err(|e| shape(&e.path().to_string(), &e.inner().to_string()))?;
        changed.validate()?;
        Ok(changed)
    }
}

fn bytes(
    req: &HttpRequest,
    payload: &mut Payload,
    types: &'static [&'static str],
) -> impl Future<Output = Result<web::Bytes, Fail>> + use<> {
    let fits = types.contains(&actix_web::HttpMessage::content_type(req));
    let payload = payload.take();
    async move {
        if !fits {
            return Err(Fail::new(Code::UnsupportedMediaType, format!("Send Content-Type: {}.", types[0])));
        }
        match actix_web::body::to_bytes_limited(actix_web::body::BodyStream::new(payload), LIMIT).await {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(_)) => Err(Fail::new(Code::MalformedBody, "The body broke off.")),
            Err(_) => Err(Fail::new(Code::TooLarge, format!("The body may have at most {LIMIT} bytes."))),
        }
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fail> {
    let reader = &mut serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(reader).map_err(|e| shape(&e.path().to_string(), &e.inner().to_string()))?;
    Ok(value)
}

/// Serde's complaint as a problem: which field, and what is wrong with it.
fn shape(path: &str, complaint: &str) -> Fail {
    let pointer = format!("/{}", path.replace('[', "/").replace(']', "").replace('.', "/")).replace("//", "/");
    let pointer = if pointer == "/" || pointer == "/?" { String::new() } else { pointer };
    let message = complaint.split(" at line ").next().unwrap_or(complaint).to_owned();
    let (code, word, pointer) = if message.starts_with("unknown field") {
        (Code::UnknownField, "unknown", pointer)
    } else if let Some(field) = message.strip_prefix("missing field `").and_then(|m| m.split('`').next()) {
        (Code::Invalid, "required", format!("{pointer}/{field}"))
    } else if pointer.is_empty() {
        (Code::MalformedBody, "format", pointer)
    } else {
        (Code::Invalid, "format", pointer)
    };
    let errors = vec![FieldError { pointer, code: word.into(), message: message.clone() }];
    Fail::Refused(Refusal { code, detail: message, errors })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}
