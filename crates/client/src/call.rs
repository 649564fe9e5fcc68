//! One call in the making: query, headers, body, and how to read the answer.

use crate::transport::{Method, Request, Response, Transport};
use crate::{Error, Result};
use kazi_core::problem::Problem;
use serde::{Serialize, de::DeserializeOwned};

/// An answer without content.
pub struct NoBody;

#[must_use = "a call does nothing until it is received"]
pub struct Call<'a, T> {
    transport: &'a T,
    request: Request,
}

impl<'a, T: Transport> Call<'a, T> {
    pub(crate) fn new(transport: &'a T, method: Method, path: &str) -> Self {
        let headers = vec![("Accept", "application/json".to_owned())];
        Self { transport, request: Request { method, address: format!("/api/v1/{path}"), headers, body: None } }
    }

    /// Adds `name=value` to the query when there is a value.
    pub fn query(mut self, name: &str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            let address = &mut self.request.address;
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(name);
            address.push('=');
            encode(&value.to_string(), address);
        }
        self
    }

    /// Adds a comma-separated list when it is not empty.
    pub fn query_list(self, name: &str, values: &[impl ToString]) -> Self {
        let list = values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        self.query(name, (!list.is_empty()).then_some(list))
    }

    /// Sets a header, in place of one of that name.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.request.headers.retain(|(known, _)| *known != name);
        self.request.headers.push((name, value.into()));
        self
    }

    /// Only if it is still of the version that was read (`If-Match`).
    pub fn if_version(self, version: i32) -> Self {
        self.header("If-Match", format!("\"v{version}\""))
    }

    /// The same key twice does the thing once.
    pub fn once(self, key: Option<&str>) -> Self {
        match key {
            Some(key) => self.header("Idempotency-Key", key),
            None => self,
        }
    }

    pub fn json(self, body: &impl Serialize) -> Self {
        self.json_as("application/json", body)
    }
    /// RFC 7396: what is absent stays, what is null goes.
    pub fn merge_patch(self, body: &impl Serialize) -> Self {
        self.json_as("application/merge-patch+json", body)
    }
    fn json_as(self, content_type: &str, body: &impl Serialize) -> Self {
        // The wire types have text keys and no failing serialisers.
        let bytes = serde_json::to_vec(body).expect("wire types serialise");
        self.bytes(content_type, bytes)
    }
    pub fn bytes(mut self, content_type: &str, body: Vec<u8>) -> Self {
        self.request.body = Some(body);
        self.header("Content-Type", content_type)
    }

    /// The raw answer, once it is a success.
    pub async fn response(self) -> Result<Response> {
        let response = self.transport.send(self.request).await?;
        if response.is_success() { Ok(response) } else { Err(refusal(&response)) }
    }

    pub async fn receive<A: DeserializeOwned>(self) -> Result<A> {
        let response = self.response().await?;
        serde_json::from_slice(&response.body).map_err(|e| Error::Unreadable { status: response.status, detail: e.to_string() })
    }

    /// For answers whose content does not matter.
    pub async fn done(self) -> Result<NoBody> {
        self.response().await.map(|_| NoBody)
    }

    pub async fn text(self) -> Result<String> {
        let response = self.response().await?;
        String::from_utf8(response.body).map_err(|e| Error::Unreadable { status: response.status, detail: e.to_string() })
    }
}

fn refusal(response: &Response) -> Error {
    match serde_json::from_slice::<Problem>(&response.body) {
        Ok(problem) => Error::Problem(Box::new(problem)),
        Err(e) => Error::Unreadable { status: response.status, detail: e.to_string() },
    }
}

fn encode(value: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            out.push(HEX[usize::from(byte >> 4)] as char);
            out.push(HEX[usize::from(byte & 15)] as char);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::Network;
    use std::cell::RefCell;

    struct Recorded(RefCell<Vec<Request>>, u16, &'static str);
    impl Transport for Recorded {
        async fn send(&self, request: Request) -> std::result::Result<Response, Network> {
            self.0.borrow_mut().push(request);
            Ok(Response { status: self.1, etag: None, location: None, body: self.2.as_bytes().to_vec() })
        }
    }

    fn now<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match future.as_mut().poll(&mut context) {
            std::task::Poll::Ready(output) => output,
            std::task::Poll::Pending => panic!("the recorded transport never waits"),
        }
    }

    #[test]
    fn query_is_encoded_and_empty_parts_are_left_out() {
        let transport = Recorded(RefCell::default(), 200, "[]");
        let call = Call::new(&transport, Method::Get, "organisations").query("q", Some("café & co")).query("after", None::<String>);
        let _: Vec<u8> = now(call.query_list("country", &["KE", "UG"]).receive()).unwrap();
        assert_eq!(transport.0.borrow()[0].address, "/api/v1/organisations?q=caf%C3%A9%20%26%20co&country=KE,UG");
    }

    #[test]
    fn a_refusal_is_a_problem_and_a_proxy_page_is_not() {
        let problem = r#"{"type":"/docs/errors#not_found","title":"t","status":404,"code":"not_found","detail":null,"request_id":"r1"}"#;
        let transport = Recorded(RefCell::default(), 404, problem);
        let error = now(Call::new(&transport, Method::Get, "x").done()).err().unwrap();
        assert!(error.is(kazi_core::problem::Code::NotFound));
        let transport = Recorded(RefCell::default(), 502, "<html>");
        assert!(matches!(now(Call::new(&transport, Method::Get, "x").done()), Err(Error::Unreadable { status: 502, .. })));
    }
}
