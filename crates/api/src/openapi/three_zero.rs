//! The document as OpenAPI 3.0.3, for tools that can't read 3.1.

use serde_json::{Map, Value, json};

pub fn render(document: &Value) -> Value {
    let mut document = document.clone();
    document["openapi"] = "3.0.3".into();
    if let Some(license) = document["info"]["license"].as_object_mut() {
        license.remove("identifier");
    }
    for (_, schema) in document["components"]["schemas"].as_object_mut().into_iter().flatten() {
        lower(schema);
    }
    find_schemas(&mut document["paths"]);
    for part in ["responses", "parameters", "headers", "requestBodies"] {
        if document["components"].get(part).is_some() {
            find_schemas(&mut document["components"][part]);
        }
    }
    let named = document["components"]["schemas"].clone();
    typed(&mut document, &named);
    document
}

/// 3.0 knows `nullable` only beside a `type`: takes it from what the schema refers to.
fn typed(value: &mut Value, named: &Value) {
    match value {
        Value::Object(object) => {
            object.iter_mut().filter(|(key, _)| *key != "example").for_each(|(_, inner)| typed(inner, named));
            if object.get("nullable") == Some(&Value::Bool(true)) && !object.contains_key("type") {
                match kind(&Value::Object(object.clone()), named) {
                    Some(kind) => object.insert("type".into(), kind.into()),
                    None => object.remove("nullable"),
                };
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| typed(inner, named)),
        _ => {}
    }
}

fn kind(schema: &Value, named: &Value) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
        return kind(&named[name], named);
    }
    let choice = || ["allOf", "oneOf", "anyOf"].iter().find_map(|of| schema[*of].get(0)).and_then(|first| kind(first, named));
    schema["type"].as_str().map(str::to_owned).or_else(choice)
}

/// Schemas outside of components sit under the key `schema`.
fn find_schemas(value: &mut Value) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object.iter_mut() {
                match key.as_str() {
                    "schema" => lower(inner),
                    "example" | "examples" => {}
                    _ => find_schemas(inner),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(find_schemas),
        _ => {}
    }
}

/// One schema and those within it.
fn lower(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    for name in ["properties", "patternProperties"] {
        object.get_mut(name).and_then(Value::as_object_mut).into_iter().flatten().for_each(|(_, inner)| lower(inner));
    }
    for name in ["items", "additionalProperties", "not"] {
        if let Some(inner) = object.get_mut(name) {
            lower(inner);
        }
    }
    for name in ["oneOf", "anyOf", "allOf"] {
        object.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten().for_each(lower);
    }
    object.remove("propertyNames");
    object.remove("patternProperties");
    if object.remove("contentMediaType").is_some() {
        object.insert("format".into(), "binary".into());
    }
    types(object);
    choices(object);
    words(object);
    bounds(object);
    reference(object);
}

/// `["string", "null"]` → `string`, nullable.
fn types(object: &mut Map<String, Value>) {
    let Some(kinds) = object.get("type").and_then(Value::as_array).cloned() else { return };
    let (null, others): (Vec<Value>, Vec<Value>) = kinds.into_iter().partition(|k| k == "null");
    if let [one] = others.as_slice() {
        object.insert("type".into(), one.clone());
    } else {
        object.remove("type");
        object.insert("anyOf".into(), others.iter().map(|kind| json!({ "type": kind })).collect());
    }
    if !null.is_empty() {
        object.insert("nullable".into(), true.into());
    }
}

/// `oneOf [null, X]` → X, nullable.
fn choices(object: &mut Map<String, Value>) {
    for name in ["oneOf", "anyOf"] {
        let Some(list) = object.get_mut(name).and_then(Value::as_array_mut) else { continue };
        let before = list.len();
        list.retain(|s| s["type"] != "null");
        if list.len() == before {
            continue;
        }
        let left = list.clone();
        object.insert("nullable".into(), true.into());
        if left.len() == 1 {
            object.remove(name);
            object.insert("allOf".into(), left.into());
        }
    }
}

fn words(object: &mut Map<String, Value>) {
    if let Some(one) = object.remove("const") {
        object.insert("enum".into(), json!([one]));
    }
    if let Some(first) = object.remove("examples").and_then(|e| e.get(0).cloned()) {
        object.entry("example").or_insert(first);
    }
    let nullable = object.get("nullable") == Some(&Value::Bool(true));
    if let Some(list) = object.get_mut("enum").and_then(Value::as_array_mut)
        && nullable
        && !list.contains(&Value::Null)
    {
        list.push(Value::Null);
    }
}

/// `exclusiveMinimum: 0` → `minimum: 0, exclusiveMinimum: true`.
fn bounds(object: &mut Map<String, Value>) {
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(bound) = object.get(exclusive).filter(|b| b.is_number()).cloned() {
            object.insert(inclusive.into(), bound);
            object.insert(exclusive.into(), true.into());
        }
    }
}

/// In 3.0 nothing may stand beside a `$ref`.
fn reference(object: &mut Map<String, Value>) {
    if object.len() > 1
        && let Some(target) = object.remove("$ref")
    {
        object.insert("allOf".into(), json!([{ "$ref": target }]));
    }
}
