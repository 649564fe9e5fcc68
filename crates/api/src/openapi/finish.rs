//! Adds to each operation what all of them share: the problems that can come of its method, path,
//! body and sign-in, the headers of every answer, and a sentence on who may call it.

use super::{example, patches};
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// Which problems an operation can answer with, and what each means.
const PROBLEMS: &[(u16, &str, &str)] = &[
    (400, "BadRequest", "The request is not of the documented shape: body, query, path or header."),
    (401, "Unauthorized", "Nobody is signed in, or the token is not valid (any more)."),
    (403, "Forbidden", "Signed in, but this caller may not do this."),
    (404, "NotFound", "There is no such thing, or it is not the caller's to see."),
    (409, "Conflict", "It contradicts the present state, or there is one already."),
    (412, "PreconditionFailed", "It was changed since the caller read it."),
    (413, "ContentTooLarge", "The body is larger than allowed."),
    (415, "UnsupportedMediaType", "The body is of a type that this operation does not take."),
    (422, "UnprocessableContent", "Some values are not allowed; `errors` names each."),
    (428, "PreconditionRequired", "Send `If-Match` with the `ETag` of what you read."),
    (429, "TooManyRequests", "Too many requests; wait as `Retry-After` says."),
    (500, "InternalServerError", "Something went wrong on the server; quote the request id."),
    (503, "ServiceUnavailable", "The server is not ready; try again."),
];

/// Operations that take an `Idempotency-Key` though they create nothing.
const ONCE: &[&str] = &[
    "accept_invitation",
    "change_need_state",
    "close_inquiry",
    "confirm_reading",
    "correct_reading",
    "import_readings",
    "upload_reading_template",
];

pub fn finish(document: &mut Value) {
    // an empty text or null is what Rust's Default says, not what the API assumes
    for (_, schema) in document["components"]["schemas"].as_object_mut().into_iter().flatten() {
        for (_, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            if property.get("default").is_some_and(|default| default == "" || default.is_null()) {
                property.as_object_mut().map(|property| property.remove("default"));
            }
        }
    }
    // utoipa writes a generic's argument out; by its name, generators make one type of it
    if let Some(value) = document.pointer_mut("/components/schemas/Answer_MetricValue/oneOf/0/properties/value") {
        *value = json!({ "$ref": "#/components/schemas/MetricValue" });
    }
    let components = document["components"].clone();
    if let Some(paths) = document["paths"].as_object_mut() {
        for (path, item) in paths.iter_mut() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                if let Some(operation) = operation.as_object_mut() {
                    complete(path, method, operation, &components);
                }
            }
        }
    }
    share(document);
    patches::loosen(document);
}

fn complete(path: &str, method: &str, operation: &mut Object, components: &Value) {
    let writes = method != "get";
    let creates = method == "post" && operation["responses"].get("201").is_some();
    let once = creates || operation.get("operationId").and_then(Value::as_str).is_some_and(|id| ONCE.contains(&id));
    if once && !has_header(operation, "Idempotency-Key") {
        add_parameter(operation, json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
    }
    let edits = has_header(operation, "If-Match") || method == "patch";
    if method == "patch" && !has_header(operation, "If-Match") {
        add_parameter(operation, json!({ "$ref": "#/components/parameters/IfMatch" }));
    }
    let security = operation.entry("security").or_insert_with(|| json!([])).clone();
    let has_body = operation.contains_key("requestBody");
    let says = |status: u16| match status {
        403 => security.as_array().is_some_and(|list| !list.is_empty()),
        404 => path.contains('{'),
        409 | 422 => writes,
        412 | 428 => edits,
        413 | 415 => has_body,
        _ => true,
    };
    for (status, name, _) in PROBLEMS.iter().filter(|(status, ..)| says(*status)) {
        let responses = operation["responses"].as_object_mut().expect("responses are an object");
        responses.entry(status.to_string()).or_insert_with(|| json!({ "$ref": format!("#/components/responses/{name}") }));
    }
    describe(operation, &security, edits, once);
    fill(operation, components);
    if method == "get" && has_query(operation, "after") {
        operation["responses"]["200"]["headers"]["Link"] = json!({ "$ref": "#/components/headers/Link" });
    }
}

fn has_query(operation: &Object, name: &str) -> bool {
    let stated = operation.get("parameters").and_then(Value::as_array);
    stated.into_iter().flatten().any(|p| p["in"] == "query" && p["name"] == name)
}

fn has_header(operation: &Object, name: &str) -> bool {
    let stated = operation.get("parameters").and_then(Value::as_array);
    stated.into_iter().flatten().any(|p| p["in"] == "header" && p["name"].as_str().is_some_and(|n| n.eq_ignore_ascii_case(name)))
}

fn add_parameter(operation: &mut Object, parameter: Value) {
    if let Some(list) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() {
        list.push(parameter);
    }
}

/// Who may call it and which headers matter, after what the room says.
fn describe(operation: &mut Object, security: &Value, edits: bool, once: bool) {
    let list = security.as_array().map(Vec::as_slice).unwrap_or_default();
    let optional = list.iter().any(|s| s.as_object().is_some_and(Map::is_empty));
    let mut text = operation.get("description").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let mut say = |sentence: &str| {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(sentence);
    };
    say(match (list.is_empty(), optional) {
        (true, _) => "Open to everybody, without sign-in.",
        (_, true) => "Open to everybody; a signed-in caller may see more.",
        _ => "Needs a signed-in person or an API key.",
    });
    if edits {
        say("Send `If-Match` with the `ETag` of what you read.");
    }
    if once {
        say("With an `Idempotency-Key` the request can be repeated safely.");
    }
    operation.insert("description".into(), text.into());
}

/// Headers on each answer, and an example for each JSON body that has none.
fn fill(operation: &mut Object, components: &Value) {
    if let Some(content) = operation.get_mut("requestBody").and_then(|b| b.get_mut("content")) {
        examples(content, components);
    }
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        if response.get("$ref").is_some() {
            continue;
        }
        if let Some(content) = response.get_mut("content") {
            if status.starts_with(['4', '5'])
                && let Some(body) = content.as_object_mut().and_then(|c| c.remove("application/json"))
            {
                content["application/problem+json"] = body;
            }
            examples(content, components);
        } else if status.starts_with(['4', '5']) {
            response["content"] = problem(status.parse().unwrap_or(500));
        }
        let headers = response.as_object_mut().map(|r| r.entry("headers").or_insert_with(|| json!({})));
        if let Some(headers) = headers.and_then(Value::as_object_mut) {
            for (name, header) in answer_headers() {
                headers.entry(name).or_insert(header);
            }
            if status == "201" {
                headers.entry("Location").or_insert_with(|| json!({ "$ref": "#/components/headers/Location" }));
            }
        }
    }
}

fn examples(content: &mut Value, components: &Value) {
    // utoipa says bytes as a list of numbers
    if let Some(bytes) = content.get_mut("application/octet-stream") {
        bytes["schema"] = json!({ "type": "string", "format": "binary" });
    }
    for (media, body) in content.as_object_mut().into_iter().flatten() {
        if body["schema"].as_object().is_none_or(Map::is_empty) {
            body["schema"] = json!({ "type": "object" });
        }
        let json = media == "application/json" || media.ends_with("+json");
        if json && body.get("example").is_none() && body.get("examples").is_none() {
            body["example"] = example::of(&body["schema"], components);
        }
    }
}

fn answer_headers() -> [(&'static str, Value); 3] {
    [
        ("X-Request-Id", json!({ "$ref": "#/components/headers/RequestId" })),
        ("RateLimit", json!({ "$ref": "#/components/headers/RateLimit" })),
        ("RateLimit-Policy", json!({ "$ref": "#/components/headers/RateLimitPolicy" })),
    ]
}

fn problem(status: u16) -> Value {
    use kazi_core::problem::{Code, Problem, Refusal};
    let code = Code::ALL.iter().copied().find(|c| c.status() == status).unwrap_or(Code::Internal);
    let example = Problem::of(Refusal::new(code, ""), Some("0190f5fe7c00".into()));
    json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" }, "example": example } })
}

/// The components that the operations refer to.
fn share(document: &mut Value) {
    let text = |description: &str, example: &str| json!({ "description": description, "schema": { "type": "string" }, "example": example });
    for (status, name, description) in PROBLEMS {
        let mut response = json!({ "description": description, "content": problem(*status), "headers": {} });
        for (header, value) in answer_headers() {
            response["headers"][header] = value;
        }
        if *status == 429 {
            response["headers"]["Retry-After"] = json!({ "$ref": "#/components/headers/RetryAfter" });
        }
        document["components"]["responses"][name] = response;
    }
    document["components"]["headers"] = json!({
        "RequestId": text("Names the request in the server's logs; the caller's own `X-Request-Id` where it sent one.", "0190f5fe7c00"),
        "RateLimit": text("What is left of the limit (`r`) and the seconds until it is whole again (`t`).", "\"address\";r=599;t=1"),
        "RateLimitPolicy": text("The limit: requests (`q`) in a window of seconds (`w`).", "\"address\";q=600;w=60"),
        "Link": text("The next page, where there is one: this address with another `after`.", "</api/v1/organisations?after=20>; rel=\"next\""),
        "RetryAfter": { "description": "Seconds to wait.", "schema": { "type": "integer", "minimum": 1 }, "example": 3 },
        "Location": text("Address of what was created.", "/api/v1/organisations/0190f5fe-7c00-7a00-8000-000000000001"),
    });
    document["components"]["parameters"] = json!({
        "IdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Any text of 1 to 255 characters, new for each new request: a repeated request with the same key gets the first one's answer.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 }, "example": "b7f3a7a0-order-17",
        },
        "IfMatch": {
            "name": "If-Match", "in": "header", "required": true,
            "description": "The `ETag` of what you read; the edit is refused (412) when it was changed since.",
            "schema": { "type": "string" }, "example": "\"v1\"",
        },
    });
}
