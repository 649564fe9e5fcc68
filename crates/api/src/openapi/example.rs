//! An example of a schema, for bodies whose handler gives none: made of the schema's own examples,
//! defaults, code lists and formats.

use serde_json::{Map, Value, json};

const DEEPEST: usize = 40;

pub fn of(schema: &Value, components: &Value) -> Value {
    build(schema, components, 0)
}

fn build(schema: &Value, components: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    let go = |inner: &Value| build(inner, components, depth + 1);
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
        return go(&components["schemas"][name]);
    }
    let given = schema.get("example").or_else(|| schema.get("examples")?.get(0)).or_else(|| schema.get("const"));
    if let Some(given) = given.or_else(|| schema.get("default")).or_else(|| schema.get("enum")?.get(0)) {
        return given.clone();
    }
    for choice in ["oneOf", "anyOf"] {
        let first = schema[choice].as_array().into_iter().flatten().find(|s| s["type"] != "null");
        if let Some(first) = first {
            return go(first);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let merged: Map<String, Value> = parts.iter().filter_map(|p| go(p).as_object().cloned()).flatten().collect();
        return Value::Object(merged);
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find_map(|k| k.as_str().filter(|k| *k != "null")),
        kind => kind.as_str(),
    };
    match kind {
        Some("object") => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            Value::Object(fields.map(|(name, field)| (name.clone(), go(field))).collect())
        }
        Some("array") => json!([go(&schema["items"])]),
        Some("integer") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("number") => json!(0.5),
        Some("boolean") => json!(true),
        Some("string") => text(schema).into(),
        _ if schema.get("properties").is_some() => build(&with_type(schema), components, depth + 1),
        _ => json!({}),
    }
}

fn with_type(schema: &Value) -> Value {
    let mut typed = schema.clone();
    typed["type"] = "object".into();
    typed
}

fn text(schema: &Value) -> &'static str {
    match schema["format"].as_str() {
        Some("uuid") => "0190f5fe-7c00-7a00-8000-000000000001",
        Some("date-time") => "2026-11-23T09:00:00.000000Z",
        Some("date") => "2026-11-23",
        Some("uri") => "https://example.org",
        Some("email") => "name@example.org",
        Some("password") => "a long pass phrase",
        _ => "text",
    }
}
