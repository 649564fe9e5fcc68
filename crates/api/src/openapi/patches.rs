//! Bodies of merge patches: what is left out stays as it is, so nothing in them is required, at any depth. Each schema that a
//! patch reaches gets a twin, `NeedEdit` → `NeedEditPatch`, without its list of required fields.

use serde_json::{Map, Value, json};

const PREFIX: &str = "#/components/schemas/";

/// Gives each merge-patch body its own schemas.
pub fn loosen(document: &mut Value) {
    let mut schemas = document["components"]["schemas"].as_object().cloned().unwrap_or_default();
    let known = schemas.clone();
    let mut twins = Map::new();
    for (_, item) in document["paths"].as_object_mut().into_iter().flatten() {
        let body = item.get_mut("patch").and_then(|patch| patch.pointer_mut("/requestBody/content/application~1merge-patch+json/schema"));
        if let Some(schema) = body {
            *schema = twin(schema, &known, &mut twins);
        }
    }
    let names: Vec<String> = twins.keys().cloned().collect();
    schemas.extend(twins);
    document["components"]["schemas"] = Value::Object(schemas);
    // what only patches spoke of is spoken of no more
    for name in names.iter().filter_map(|name| name.strip_suffix("Patch")) {
        let text = document.to_string();
        if !text.contains(&format!("\"{PREFIX}{name}\""))
            && let Some(schemas) = document["components"]["schemas"].as_object_mut()
        {
            schemas.remove(name);
        }
    }
}

/// The schema with everything optional; lists are replaced whole, so their entries stay as they are.
fn twin(schema: &Value, known: &Map<String, Value>, twins: &mut Map<String, Value>) -> Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|target| target.strip_prefix(PREFIX)) {
        let Some(full) = known.get(name).filter(|full| full.get("properties").is_some()) else { return schema.clone() };
        let own = format!("{name}Patch");
        if !twins.contains_key(&own) {
            twins.insert(own.clone(), Value::Null);
            let loose = twin(full, known, twins);
            twins.insert(own.clone(), loose);
        }
        return json!({ "$ref": format!("{PREFIX}{own}") });
    }
    let mut loose = schema.clone();
    if let Some(fields) = loose.as_object_mut() {
        fields.remove("required");
        for (_, property) in fields.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            *property = twin(property, known, twins);
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            for part in fields.get_mut(choice).and_then(Value::as_array_mut).into_iter().flatten() {
                *part = twin(part, known, twins);
            }
        }
    }
    loose
}
