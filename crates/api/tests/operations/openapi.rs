//! The document: complete, true to the routes, and readable by the tools that integrators have.

use crate::support;

use kazi_api::openapi;
use kazi_core::problem::Code;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use support::on_each_database;

fn operations() -> Vec<(String, String, Value)> {
    let paths = openapi::document()["paths"].as_object().expect("paths").clone();
    let mut list = Vec::new();
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("operations") {
            list.push((path.clone(), method.to_uppercase(), operation.clone()));
        }
    }
    list
}

#[test]
fn every_operation_says_what_an_integrator_needs() {
    let rooms = ["identity", "directory", "matching", "inquiries", "metrics", "rating", "standard", "events"];
    let (mut ids, mut wrong) = (BTreeSet::new(), Vec::new());
    for (path, method, operation) in operations() {
        let mut check = |right: bool, what: &str| {
            if !right {
                wrong.push(format!("{method} {path}: {what}"));
            }
        };
        let id = operation["operationId"].as_str().unwrap_or_default();
        check(id.contains('_') && id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "operationId is verb_resource");
        check(ids.insert(id.to_owned()), "operationId is its own");
        check(
            operation["tags"].as_array().is_some_and(|t| t.len() == 1 && t.iter().all(|t| rooms.iter().any(|r| t == r))),
            "one tag, a room",
        );
        check(operation["summary"].as_str().is_some_and(|s| s.len() > 5), "a summary");
        check(operation["description"].as_str().is_some_and(|s| s.len() > 5), "a description");
        check(operation["security"].is_array(), "who may call it");
        let responses = operation["responses"].as_object().cloned().unwrap_or_default();
        check(responses.keys().any(|status| status.starts_with('2')), "what comes when it goes well");
        for (status, response) in &responses {
            if response.get("$ref").is_some() {
                continue;
            }
            check(response["description"].as_str().is_some_and(|d| !d.is_empty()), &format!("a description of {status}"));
            for (media, body) in response["content"].as_object().into_iter().flatten() {
                check(
                    body.get("schema").is_some_and(|s| s.as_object().is_some_and(|s| !s.is_empty())),
                    &format!("a schema of {status} {media}"),
                );
                check(
                    !media.ends_with("json") || body.get("example").or(body.get("examples")).is_some(),
                    &format!("an example of {status}"),
                );
            }
        }
        if let Some(content) = operation["requestBody"]["content"].as_object() {
            for (media, body) in content {
                check(body.get("schema").is_some(), &format!("a schema of the {media} body"));
                check(!media.ends_with("json") || body.get("example").or(body.get("examples")).is_some(), "an example of the body");
            }
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|p| p.get("$ref").is_none()) {
            let name = parameter["name"].as_str().unwrap_or_default();
            check(parameter.get("schema").is_some(), &format!("a schema of {name}"));
            check(parameter["description"].as_str().is_some_and(|d| !d.is_empty()), &format!("a description of {name}"));
        }
    }
    assert!(wrong.is_empty(), "the document lacks:\n{}", wrong.join("\n"));
}

fn walk(value: &Value, at: &str, see: &mut impl FnMut(&str, &str, &Value)) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                see(at, key, inner);
                if key != "example" && key != "examples" {
                    walk(inner, &format!("{at}/{key}"), see);
                }
            }
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(i, inner)| walk(inner, &format!("{at}/{i}"), see)),
        _ => {}
    }
}

fn dangling(document: &Value) -> Vec<String> {
    let mut list = Vec::new();
    walk(document, "", &mut |at, key, value| {
        if key == "$ref" {
            let target = value.as_str().unwrap_or_default();
            if document.pointer(target.trim_start_matches('#')).is_none() {
                list.push(format!("{at}: {target}"));
            }
        }
    });
    list
}

#[test]
fn the_document_has_nothing_that_breaks_generators() {
    let document = openapi::document();
    assert_eq!(document["openapi"], "3.1.0");
    walk(document, "", &mut |at, key, value| {
        assert!(!matches!(key, "nullable" | "prefixItems"), "{at}/{key}");
        assert!(!(key == "items" && value.is_boolean()), "{at}/{key}");
    });
    assert_eq!(dangling(document), Vec::<String>::new());
}

#[test]
fn the_older_rendering_has_only_what_the_older_standard_knows() {
    let document = openapi::three_zero();
    assert_eq!(document["openapi"], "3.0.3");
    walk(&document, "", &mut |at, key, value| {
        let in_schema = at.contains("/schema");
        assert!(!(in_schema && matches!(key, "const" | "prefixItems" | "propertyNames") && !at.ends_with("/properties")), "{at}/{key}");
        assert!(!(in_schema && key == "type" && (value.is_array() || value == "null")), "{at}/{key}: {value}");
        assert!(!(key.starts_with("exclusiveM") && value.is_number()), "{at}/{key}: {value}");
    });
    assert_eq!(dangling(&document), Vec::<String>::new());
}

#[test]
fn a_patch_may_hold_any_part_and_a_list_says_where_it_goes_on() {
    let document = openapi::document();
    for (path, method, operation) in operations() {
        if method == "PATCH" {
            let mut targets: Vec<String> = Vec::new();
            let schema = &operation["requestBody"]["content"]["application/merge-patch+json"]["schema"];
            targets.extend(schema["$ref"].as_str().map(str::to_owned));
            assert!(!targets.is_empty(), "{path}");
            let mut seen = BTreeSet::new();
            while let Some(target) = targets.pop() {
                if !seen.insert(target.clone()) {
                    continue;
                }
                let schema = document.pointer(target.trim_start_matches('#')).expect("a schema");
                assert!(schema.get("required").is_none(), "{path}: {target}");
                for (_, property) in schema["properties"].as_object().into_iter().flatten() {
                    let choices = property["oneOf"].as_array().into_iter().flatten().chain([property]);
                    targets.extend(choices.filter_map(|c| c["$ref"].as_str()).filter(|t| t.ends_with("Patch")).map(str::to_owned));
                }
            }
        }
        let pages = operation["parameters"].as_array().into_iter().flatten().any(|p| p["in"] == "query" && p["name"] == "after");
        assert_eq!(pages, operation["responses"]["200"]["headers"].get("Link").is_some(), "{method} {path}");
    }
    let patch = &document["components"]["schemas"]["NeedEditPatch"]["properties"]["wanted"];
    assert!(patch.to_string().contains("WantedPatch"), "a part of a part: {patch}");
}

/// Handlers by their attributes in the rooms' sources: `#[get("/organisations/{id}")]`.
fn handlers() -> BTreeSet<(String, String)> {
    fn sources(folder: &Path, list: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder of sources").flatten() {
            if entry.path().is_dir() {
                sources(&entry.path(), list);
            } else if entry.path().extension().is_some_and(|e| e == "rs") {
                list.push(std::fs::read_to_string(entry.path()).expect("a source reads"));
            }
        }
    }
    let mut list = Vec::new();
    for room in ["identity", "directory", "matching", "inquiries", "metrics", "rating", "standard", "corridor"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room), &mut list);
    }
    let mut found = BTreeSet::new();
    for source in &list {
        for line in source.lines().map(str::trim) {
            for method in ["get", "post", "put", "patch", "delete"] {
                if let Some(rest) = line.strip_prefix(&format!("#[{method}(\"")) {
                    let path = rest.split('"').next().unwrap_or_default();
                    found.insert((method.to_uppercase(), path.to_owned()));
                }
            }
        }
    }
    found
}

#[test]
fn every_handler_is_in_the_document_and_the_other_way_round() {
    let stated: BTreeSet<_> = operations().into_iter().map(|(path, method, _)| (method, path.replace("/api/v1", ""))).collect();
    let bare = |path: &str| path.to_owned();
    let handlers: BTreeSet<_> =
        handlers().into_iter().map(|(m, p)| (m, bare(&p))).filter(|(_, p)| !OUTSIDE.contains(&p.as_str())).collect();
    let unstated: Vec<_> = handlers.difference(&stated).collect();
    let unheard: Vec<_> = stated.difference(&handlers).collect();
    assert!(unstated.is_empty() && unheard.is_empty(), "not in the document: {unstated:?}; in the document without a handler: {unheard:?}");
}

/// What rooms serve outside of the API: pages and well-known files.
const OUTSIDE: &[&str] = &["/.well-known/jwks.json"];

#[test]
fn each_code_has_its_section_in_the_errors_page() {
    let page = include_str!("../../../../docs/errors.md");
    let sections: Vec<&str> = page.split("\n## ").skip(1).collect();
    let named: Vec<&str> = sections.iter().map(|s| s.lines().next().unwrap_or_default()).collect();
    assert_eq!(named, Code::ALL.iter().map(|c| c.as_str()).collect::<Vec<_>>(), "sections in the order of the codes");
    for (section, code) in sections.iter().zip(Code::ALL) {
        assert!(section.contains(&format!("**{}.** {}.", code.status(), code.title())), "{}: status and title", code.as_str());
        assert!(section.lines().filter(|l| !l.is_empty()).count() >= 3, "{}: what it means and what to do", code.as_str());
    }
}

#[actix_web::test]
async fn the_document_its_pages_and_the_errors_are_served() {
    on_each_database(async |kazi| {
        let nobody = kazi.nobody();
        assert_eq!(&nobody.get("/api/openapi.json").await.expect(200).body, openapi::document());
        assert_eq!(nobody.get("/api/openapi-3.0.json").await.expect(200).body["openapi"], "3.0.3");
        let page = nobody.get("/api/docs/").await.expect(200).body.to_string();
        assert!(page.contains("swagger-ui") && !page.contains("https://"), "{page}");
        let errors = nobody.get("/docs/errors").await.expect(200).body.to_string();
        for code in Code::ALL {
            assert!(errors.contains(&format!("id=\\\"{}\\\"", code.as_str())), "an anchor for {}", code.as_str());
        }
    })
    .await;
}
