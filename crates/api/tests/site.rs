//! Health, ids of requests, and the shape of every error.

mod support;

use support::on_each_database;

#[actix_web::test]
async fn health_names_the_instance_and_ready_asks_the_database() {
    on_each_database(async |kazi| {
        let alive = kazi.nobody().get("/healthz").await.expect(200);
        assert_eq!(alive.body["instance"], kazi.state.instance.to_string());
        kazi.nobody().get("/readyz").await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn an_unknown_operation_is_a_problem_with_the_request_id() {
    on_each_database(async |kazi| {
        let actor = kazi.nobody();
        let answer = actor.send(actor.request("GET", "/api/v1/nothing").header("X-Request-Id", "my-own-id-1")).await.expect(404);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        assert_eq!(answer.body["code"], "not_found");
        assert_eq!(answer.body["request_id"], "my-own-id-1");
        assert_eq!(answer.header("x-request-id"), Some("my-own-id-1"));
    })
    .await;
}
