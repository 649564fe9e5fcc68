//! The yardstick of `cargo xtask bench`: the same HTTP library with a handler that does nothing.

use actix_web::{App, HttpResponse, HttpServer, web};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let listen = std::env::var("KAZI_LISTEN").map_err(std::io::Error::other)?;
    let nothing = || App::new().default_service(web::to(|| async { HttpResponse::Ok().finish() }));
    HttpServer::new(nothing).bind(listen)?.run().await
}
