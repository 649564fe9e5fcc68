//! Needs for trying the platform out: made up, and said to be so.

use crate::state::new_id;
use kazi_core::Instant;
use kazi_core::ids::{NeedId, OrganisationId};
use kazi_core::matching::{NeedState, NewNeed, Wanted};
use kazi_store::{Db, StoreError, StoreResult, matching};
use serde_json::{Value, json};

fn wanted() -> [(Value, NeedState); 4] {
    [
        (
            json!({
                "title": "Street scenes labelled for a driving assistant (fictional)",
                "description": "Boxes and lanes in 200,000 images. A pilot of four weeks, then a team for a year.",
                "service_line": "data_annotation", "fte_from": 15.0, "fte_to": 40.0, "duration_months": 12,
                "languages": [{ "language": "en", "level": "b2" }], "skills_required": ["bounding boxes"], "skills_wished": ["segmentation"],
                "budget_per_hour": { "from_minor": 400, "to_minor": 900, "currency": "USD" },
                "target_groups": ["youth", "women"], "minimum_impact_share": 0.3, "visibility": "public", "alert_from_score": 70.0
            }),
            NeedState::Open,
        ),
        (
            json!({
                "title": "Chat support in French and English (fictional)",
                "description": "Evenings and weekends of an online shop.",
                "service_line": "customer_support_chat", "fte_from": 8.0, "fte_to": 20.0, "duration_months": 24,
                "languages": [{ "language": "fr", "level": "c1" }, { "language": "en", "level": "b2" }],
                "overlap": { "time_zone": "Europe/Paris", "from_minute": 960, "until_minute": 1320, "hours": 4.0 },
                "budget_per_hour": { "from_minor": 700, "to_minor": 1400, "currency": "EUR" }, "visibility": "matched", "confidential": true
            }),
            NeedState::Open,
        ),
        (
            json!({
                "title": "A city archive made digital (fictional)",
                "service_line": "digitisation", "fte_from": 4.0, "fte_to": 12.0, "duration_months": 18,
                "certificates_required": ["iso_27001"], "target_groups": ["disability"], "visibility": "public"
            }),
            NeedState::Open,
        ),
        (
            json!({
                "title": "Interviews written down in Swahili (fictional)", "service_line": "transcription", "fte_from": 3.0,
                "languages": [{ "language": "sw", "level": "native" }], "visibility": "invited"
            }),
            NeedState::Draft,
        ),
    ]
}

/// Saves the demo's needs for a buyer; the first is about data annotation and open.
pub fn create_needs(db: &mut Db, at: Instant, buyer: OrganisationId) -> StoreResult<Vec<NeedId>> {
    wanted()
        .into_iter()
        .map(|(wanted, state)| {
            let wanted: Wanted = serde_json::from_value(wanted).map_err(|e| StoreError::Row(e.to_string()))?;
            let new = NewNeed { organisation: buyer, wanted, state: Some(state) };
            Ok(matching::create(db, at, None, new_id(), &new)?.id)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use validator::Validate;

    #[test]
    fn the_demo_needs_are_allowed() {
        for (wanted, _) in wanted() {
            let wanted: Wanted = serde_json::from_value(wanted).unwrap();
            wanted.validate().unwrap();
            wanted.check().unwrap();
        }
    }
}
