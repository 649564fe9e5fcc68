//! The whole policy as one readable table: who (columns) may do what (rows), in which state of the
//! thing. `BLESS=1 cargo test -p kazi-core --test policy_matrix` writes it anew; the diff is what to review.

use kazi_core::Instant;
use kazi_core::codes::OrganisationKind;
use kazi_core::identity::{Caller, MemberRole, Partner, Person, Scope, StaffRole};
use kazi_core::ids::OrganisationId;
use kazi_core::matching::{Need, NeedState, NeedVisibility};
use kazi_core::metrics::Audience;
use kazi_core::policy;
use kazi_core::problem::Refusal;
use kazi_core::standard::procedure::Delegation;
use std::fmt::Write;
use uuid::Uuid;

const MATRIX: &str = "src/policy/matrix.txt";

fn organisation(n: u128) -> OrganisationId {
    Uuid::from_u128(n).into()
}

/// The organisation that things belong to, and the provider that an inquiry of it goes to.
fn ours() -> OrganisationId {
    organisation(1)
}
fn asked() -> OrganisationId {
    organisation(2)
}

fn person(confirmed: bool, staff: Option<StaffRole>, memberships: Vec<(OrganisationId, MemberRole)>) -> Caller {
    Caller::Person(Person { id: Uuid::from_u128(9).into(), confirmed, staff, memberships })
}

fn actors() -> Vec<(&'static str, Caller)> {
    let key = |n, scopes: &[Scope]| {
        Caller::Partner(Partner { key: Uuid::from_u128(8).into(), organisation: organisation(n), scopes: scopes.to_vec() })
    };
    let reading: Vec<Scope> = Scope::ALL.iter().copied().filter(|s| s.as_str().ends_with(".read")).collect();
    let ours = |role| person(true, None, vec![(organisation(1), role)]);
    vec![
        ("nobody", Caller::Nobody),
        ("stranger", person(true, None, vec![])),
        ("other", person(true, None, vec![(organisation(3), MemberRole::Owner)])),
        ("unconfirmed", person(false, None, vec![(organisation(1), MemberRole::Owner)])),
        ("member", ours(MemberRole::Member)),
        ("editor", ours(MemberRole::Editor)),
        ("owner", ours(MemberRole::Owner)),
        ("asked", person(true, None, vec![(organisation(2), MemberRole::Editor)])),
        ("steward", person(true, Some(StaffRole::Steward), vec![])),
        ("moderator", person(true, Some(StaffRole::Moderator), vec![])),
        ("admin", person(true, Some(StaffRole::Admin), vec![])),
        ("key", key(1, Scope::ALL)),
        ("key-reads", key(1, &reading)),
        ("key-bare", key(1, &[])),
        ("other-key", key(3, Scope::ALL)),
    ]
}

fn need(state: NeedState, visibility: NeedVisibility) -> Need {
    let wanted = serde_json::json!({ "title": "Labels", "service_line": kazi_core::codes::ServiceLine::ALL[0], "visibility": visibility });
    Need {
        id: Uuid::nil().into(),
        organisation: None,
        state,
        wanted: serde_json::from_value(wanted).expect("a need"),
        version: 1,
        created_at: Instant::from_micros(0),
        updated_at: Instant::from_micros(0),
    }
}

type Verb = (String, Box<dyn Fn(&Caller) -> Result<(), Refusal>>);

fn verb(name: &str, rule: impl Fn(&Caller) -> Result<(), Refusal> + 'static) -> Verb {
    (name.to_owned(), Box::new(rule))
}

fn verbs() -> Vec<Verb> {
    use policy::inquiries::*;
    use policy::matching::*;
    use policy::metrics::*;
    use policy::standard::*;
    use policy::*;
    let mut list = vec![
        verb("somebody", somebody),
        verb("person", |c| person(c).map(drop)),
        verb("confirmed_person", |c| confirmed_person(c).map(drop)),
        verb("staff as steward", |c| staff(c, &[StaffRole::Steward])),
        verb("staff as moderator", |c| staff(c, &[StaffRole::Moderator])),
        verb("staff as admin", |c| staff(c, &[])),
    ];
    list.extend([
        verb("see_members", |c| see_members(c, ours())),
        verb("manage_members", |c| manage_members(c, ours()).map(drop)),
        verb("manage_keys", |c| manage_keys(c, ours()).map(drop)),
        verb("remove_member: another", |c| remove_member(c, ours(), Uuid::from_u128(7).into())),
        verb("remove_member: herself", |c| remove_member(c, ours(), Uuid::from_u128(9).into())),
    ]);
    for standing in Standing::ALL.iter().copied() {
        let scope = if standing == Standing::Read { Scope::DirectoryRead } else { Scope::DirectoryWrite };
        list.push(verb(&format!("act_for: {standing}, with a scope"), move |c| act_for(c, ours(), standing, Some(scope))));
        list.push(verb(&format!("act_for: {standing}, people only"), move |c| act_for(c, ours(), standing, None)));
        list.push(verb(&format!("act_for_private: {standing}, with a scope"), move |c| {
            act_for_private(c, ours(), standing, Some(scope), "thing")
        }));
        list.push(verb(&format!("act_for_private: {standing}, people only"), move |c| act_for_private(c, ours(), standing, None, "thing")));
    }
    list.extend([
        verb("create_need", |c| create_need(c, ours())),
        verb("list_needs", |c| list_needs(c, ours())),
        verb("read_own_need", |c| read_own_need(c, ours())),
        verb("change_need", |c| change_need(c, ours())),
        verb("rank_adhoc", rank_adhoc),
        verb("read_history", |c| read_history(c, ours()).map(drop)),
        verb("list_fitting_needs", |c| list_fitting_needs(c, ours())),
    ]);
    for state in NeedState::ALL.iter().copied() {
        for visibility in NeedVisibility::ALL.iter().copied() {
            for (tie, ties) in [
                ("no tie", Ties::default()),
                ("fitting", Ties { fits: true, invited: false }),
                ("invited", Ties { fits: false, invited: true }),
            ] {
                let need = need(state, visibility);
                list.push(verb(&format!("read_others_need: {state}, {visibility}, {tie}"), move |c| read_others_need(c, &need, ties)));
            }
        }
    }
    list.extend([
        verb("create_inquiry", |c| create_inquiry(c, ours())),
        verb("send_as: a buyer", |_| send_as(&[OrganisationKind::Issp, OrganisationKind::Buyer])),
        verb("send_as: an ISSP alone", |_| send_as(&[OrganisationKind::Issp])),
        verb("list_inquiries", |c| list_inquiries(c, ours())),
        verb("as_sender: read", |c| as_sender(c, ours(), Standing::Read)),
        verb("as_sender: edit", |c| as_sender(c, ours(), Standing::Edit)),
        verb("as_provider: read", |c| as_provider(c, asked(), Standing::Read)),
        verb("as_provider: edit", |c| as_provider(c, asked(), Standing::Edit)),
        verb("as_side: read", |c| as_side(c, ours(), asked(), None, Standing::Read).map(drop)),
        verb("as_side: edit", |c| as_side(c, ours(), asked(), None, Standing::Edit).map(drop)),
    ]);
    list.extend([
        verb("enter_readings", |c| enter_readings(c, ours())),
        verb("correct_reading", |c| correct_reading(c, ours())),
        verb("read_own_readings", |c| read_own_readings(c, ours())),
        verb("confirm_reading", confirm_reading),
    ]);
    for audience in Audience::ALL.iter().copied() {
        for (who, partner) in [("a partner", true), ("not a partner", false)] {
            list.push(verb(&format!("read_others_reading: {audience}, {who}"), move |_| read_others_reading(audience, partner)));
        }
    }
    let named = Delegation { delegate: Uuid::from_u128(9).into(), alternates: vec![] };
    let another = Delegation { delegate: Uuid::from_u128(7).into(), alternates: vec![] };
    list.extend([
        verb("propose: for a seat", |c| propose(c, Some(ours()), true)),
        verb("propose: without a seat", |c| propose(c, Some(ours()), false)),
        verb("propose: for the platform", |c| propose(c, None, false)),
        verb("withdraw: her own", |c| withdraw(c, Uuid::from_u128(9).into(), Some(ours()))),
        verb("withdraw: another's", |c| withdraw(c, Uuid::from_u128(7).into(), Some(ours()))),
        verb("comment: herself", |c| comment(c, None).map(drop)),
        verb("comment: for the organisation", |c| comment(c, Some(ours())).map(drop)),
        verb("respond", respond),
        verb("advance", advance),
        verb("change_procedure", change_procedure),
        verb("take_seat", |c| take_seat(c, ours())),
        verb("confirm_seat", confirm_seat),
        verb("name_delegates", |c| name_delegates(c, ours())),
        verb("vote: as delegate", move |c| vote(c, ours(), Some(&named)).map(drop)),
        verb("vote: another is delegate", move |c| vote(c, ours(), Some(&another)).map(drop)),
        verb("vote: nobody is named", |c| vote(c, ours(), None).map(drop)),
    ]);
    list
}

fn matrix() -> String {
    let (actors, verbs) = (actors(), verbs());
    let wide = verbs.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text = String::from(
        "Who may do what. Things are those of one organisation (an inquiry: sent to \"asked\").\n\
         yes: may; 401: sign in; 403: seen but not allowed; 404: to this caller it does not exist.\n\n",
    );
    let mut line = |name: &str, cells: Vec<String>| {
        let _ = write!(text, "{name:wide$}");
        for (cell, (actor, _)) in cells.iter().zip(&actors) {
            let _ = write!(text, "  {cell:>width$}", width = actor.len().max(3));
        }
        text.push('\n');
    };
    line("", actors.iter().map(|(name, _)| (*name).to_owned()).collect());
    for (name, rule) in &verbs {
        let cell = |caller: &Caller| rule(caller).map_or_else(|refusal| refusal.code.status().to_string(), |()| "yes".to_owned());
        line(name, actors.iter().map(|(_, caller)| cell(caller)).collect());
    }
    text
}

#[test]
fn the_policy_is_what_the_matrix_shows() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(MATRIX);
    let now = matrix();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &now).expect("the matrix is written");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<String> = now
        .lines()
        .filter(|l| !known.lines().any(|k| k == *l))
        .map(|l| format!("+ {l}"))
        .chain(known.lines().filter(|k| !now.lines().any(|l| l == *k)).map(|k| format!("- {k}")))
        .collect();
    assert!(known == now, "{MATRIX} is not what the policy says; if that is meant, write it anew with BLESS=1:\n{}", changed.join("\n"));
}

/// What decides nothing by itself.
const ASIDE: &[&str] = &["stands_for", "is_open_to", "audiences"];

#[test]
fn every_verb_of_the_policy_is_in_the_matrix() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/policy");
    let named: Vec<String> = verbs().into_iter().map(|(name, _)| name.split([':', ' ']).next().unwrap_or_default().to_owned()).collect();
    for entry in std::fs::read_dir(folder).expect("the policy").flatten().filter(|e| e.path().extension().is_some_and(|x| x == "rs")) {
        let source = std::fs::read_to_string(entry.path()).expect("a source reads");
        for rest in source.lines().filter_map(|l| l.strip_prefix("pub fn ")) {
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            assert!(
                ASIDE.contains(&name) || named.iter().any(|n| n == name),
                "{name} is not in the matrix: add it to verbs() in tests/policy_matrix.rs"
            );
        }
    }
}
