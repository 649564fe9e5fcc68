//! The types' descriptions name only what is described.

use super::*;
use utoipa::OpenApi as _;

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(Standard, Evaluation, Difference, Fault, Answer<MetricValue>, ReadingGrade, Gender, AgeBand)))]
struct Described;

#[test]
fn every_schema_that_is_named_is_there() {
    let described = serde_json::to_value(Described::openapi()).unwrap();
    let text = described.to_string();
    for rest in text.split("#/components/schemas/").skip(1) {
        let name = rest.split('"').next().unwrap();
        assert!(!described["components"]["schemas"][name].is_null(), "{name}");
    }
    assert!(!text.contains(r#""value":{}"#), "a value of any shape describes nothing");
}
