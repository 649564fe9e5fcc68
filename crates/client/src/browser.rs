//! The transport of the app: the browser's fetch, same origin. The session (token, refresh) is a
//! transport of the app's own around this one.

use crate::transport::{Method, Network, Request, Response, Transport};
use gloo_net::http::RequestBuilder;

#[derive(Debug, Clone, Copy, Default)]
pub struct Fetch;

impl Transport for Fetch {
    async fn send(&self, request: Request) -> Result<Response, Network> {
        let refused = |e: gloo_net::Error| Network(e.to_string());
        let method = match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Patch => gloo_net::http::Method::PATCH,
            Method::Delete => gloo_net::http::Method::DELETE,
        };
        let mut out = RequestBuilder::new(&request.address).method(method);
        for (name, value) in &request.headers {
            out = out.header(name, value);
        }
        let answer = match request.body {
            Some(body) => out.body(body).map_err(refused)?.send().await,
            None => out.send().await,
        }
        .map_err(refused)?;
        let (status, etag, location) = (answer.status(), answer.headers().get("etag"), answer.headers().get("location"));
        let body = answer.binary().await.map_err(refused)?;
        Ok(Response { status, etag, location, body })
    }
}
