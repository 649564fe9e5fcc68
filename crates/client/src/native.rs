//! The transport of partners and tests: reqwest.

use crate::transport::{Method, Network, Request, Response, Transport};

#[derive(Debug, Clone)]
pub struct Reqwest {
    http: reqwest::Client,
    origin: String,
    key: Option<String>,
}

impl Reqwest {
    pub fn new(origin: &str, key: Option<&str>) -> Self {
        Self { http: reqwest::Client::new(), origin: origin.trim_end_matches('/').to_owned(), key: key.map(str::to_owned) }
    }
}

impl Transport for Reqwest {
    async fn send(&self, request: Request) -> Result<Response, Network> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut out = self.http.request(method, [self.origin.as_str(), &request.address].concat());
        for (name, value) in request.headers {
            out = out.header(name, value);
        }
        if let Some(key) = &self.key {
            out = out.bearer_auth(key);
        }
        if let Some(body) = request.body {
            out = out.body(body);
        }
        let answer = out.send().await.map_err(|e| Network(e.to_string()))?;
        let header = |name| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let (status, etag, location) = (answer.status().as_u16(), header(reqwest::header::ETAG), header(reqwest::header::LOCATION));
        let body = answer.bytes().await.map_err(|e| Network(e.to_string()))?.to_vec();
        Ok(Response { status, etag, location, body })
    }
}
