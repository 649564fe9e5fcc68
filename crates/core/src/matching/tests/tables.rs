//! Each criterion and constraint by example.

use super::samples::*;
use crate::codes::*;
use crate::directory::{Certificate, EvidenceGrade, HoursCovered, Provenance, Responsiveness, SaidBy};
use crate::ids::NeedId;
use crate::matching::*;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

fn close(a: Option<f32>, b: Option<f32>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-5,
        (a, b) => a == b,
    }
}

fn day(days: u64) -> NaiveDate {
    today() + Days::new(days)
}

#[test]
fn service_fit() {
    let t = terms(|_| {});
    let fit = |line| criteria::service_fit(&t, &candidate(|_, o| o.service_line = line));
    assert_eq!(fit(ServiceLine::DataAnnotation), Some(1.0));
    assert_eq!(fit(ServiceLine::DataEntry), Some(0.5));
    assert_eq!(fit(ServiceLine::Sales), Some(0.0));
    let without_offers = candidates(
        organisation(1),
        &crate::directory::Profile { kinds: vec![OrganisationKind::Issp], ..Default::default() },
        &BTreeMap::new(),
        None,
    );
    assert_eq!(without_offers.len(), 1);
    assert_eq!(criteria::service_fit(&t, &without_offers[0]), None);
}

#[test]
fn skills() {
    let t = terms(|w| {
        w.skills_required = vec!["SAP ".into()];
        w.skills_wished = vec!["excel".into(), "sap".into()];
    });
    for (has, value) in [
        (&[][..], None),
        (&["lidar"], Some(0.0)),
        (&["Excel"], Some(1.0 / 3.0)),
        (&["sap"], Some(2.0 / 3.0)),
        (&["sap", "excel"], Some(1.0)),
    ] {
        let c = candidate(|_, o| o.skills = has.iter().map(|s| s.to_string()).collect());
        assert!(close(criteria::skills(&t, &c), value), "{has:?}");
    }
}

#[test]
fn languages() {
    use CefrLevel::{A2, B1, C1, Native};
    let t = terms(|w| w.languages = vec![skill("en", Some(C1)), skill("pt", None)]);
    let value = |list: &[(&str, Option<CefrLevel>)]| {
        criteria::languages(&t, &candidate(|_, o| o.languages = list.iter().map(|(l, x)| skill(l, *x)).collect()))
    };
    assert_eq!(value(&[]), None);
    assert_eq!(value(&[("fr", None)]), Some(0.0));
    assert_eq!(value(&[("en", Some(Native)), ("pt-BR", None)]), Some(1.0));
    assert_eq!(value(&[("en", None), ("pt", None)]), None, "the level is not stated");
    assert!(close(value(&[("en", Some(B1)), ("pt", Some(A2))]), Some((3.0 / 5.0 + 1.0) / 2.0)));
    let strict = terms(|w| w.languages = vec![skill("pt-BR", None)]);
    assert_eq!(criteria::languages(&strict, &candidate(|_, o| o.languages = vec![skill("pt", None)])), Some(0.0));
    let of_organisation = candidate(|p, _| p.languages = vec!["en".parse().unwrap(), "pt".parse().unwrap()]);
    assert_eq!(criteria::languages(&t, &of_organisation), None);
}

#[test]
fn capacity() {
    let t = terms(|w| (w.fte_from, w.fte_to) = (Some(10.0), Some(30.0)));
    for (fte, value) in [
        (None, None),
        (Some(0.0), Some(0.0)),
        (Some(5.0), Some(0.25)),
        (Some(10.0), Some(0.5)),
        (Some(20.0), Some(0.75)),
        (Some(99.0), Some(1.0)),
    ] {
        assert!(close(criteria::capacity(&t, &candidate(|_, o| o.available_fte = fte)), value), "{fte:?}");
    }
    let only_from = terms(|w| w.fte_from = Some(10.0));
    assert!(close(criteria::capacity(&only_from, &candidate(|_, o| o.available_fte = Some(5.0))), Some(0.5)));
}

#[test]
fn price() {
    let t = terms(|w| w.budget_per_hour = Some(usd(400, 800)));
    for (low, high, value) in
        [(300, 300, 1.0), (400, 400, 1.0), (500, 700, 0.75), (800, 800, 0.5), (1000, 1000, 0.25), (1200, 1200, 0.0), (5000, 5000, 0.0)]
    {
        assert!(close(criteria::price(&t, &candidate(|_, o| o.price_per_hour = Some(usd(low, high)))), Some(value)), "{low}");
    }
    let kes = candidate(|_, o| o.price_per_hour = Some(crate::money::MoneyRange { currency: "KES".parse().unwrap(), ..usd(400, 400) }));
    assert_eq!(criteria::price(&t, &kes), None);
    let part = explain(&t, &Weights::default().over(t.asked).unwrap(), &kes);
    let price = part.parts.iter().find(|p| p.criterion == Criterion::Price).unwrap();
    assert_eq!((price.value, price.unknown), (None, Some(Unknown::OtherCurrency)));
}

#[test]
fn time_overlap() {
    let hours = |from, until| HoursCovered { time_zone: "UTC".parse().unwrap(), from_minute: from, until_minute: until };
    let t = terms(|w| {
        w.overlap = Some(Overlap { time_zone: "UTC".parse().unwrap(), from_minute: 540, until_minute: 1020, hours: 4.0 });
    });
    for (from, until, value) in [(540, 1020, 1.0), (420, 660, 0.5), (0, 540, 0.0), (0, 0, 1.0), (960, 600, 0.5), (1380, 540, 0.0)] {
        let c = candidate(|_, o| o.hours = Some(hours(from, until)));
        assert!(close(criteria::time_overlap(&t, &c), Some(value)), "{from} {until} {:?}", criteria::time_overlap(&t, &c));
    }
    assert_eq!(criteria::time_overlap(&t, &candidate(|_, _| {})), None);
}

#[cfg(feature = "time_zones")]
#[test]
fn time_overlap_follows_summer_time() {
    let winter = NaiveDate::from_ymd_opt(2026, 12, 1);
    let summer = NaiveDate::from_ymd_opt(2027, 7, 1);
    let shared = |start_by| {
        let t = terms(|w| {
            w.start_by = start_by;
            w.overlap = Some(Overlap { time_zone: "Europe/London".parse().unwrap(), from_minute: 540, until_minute: 1020, hours: 8.0 });
        });
        let c = candidate(|_, o| {
            o.hours = Some(HoursCovered { time_zone: "Africa/Nairobi".parse().unwrap(), from_minute: 480, until_minute: 1020 });
        });
        t.overlap.unwrap().minutes_shared(c.hours.as_ref().unwrap())
    };
    assert_eq!((shared(winter), shared(summer)), (Some(300.0), Some(360.0)));
}

#[test]
fn start() {
    let t = terms(|w| w.start_by = Some(day(70)));
    let value =
        |from: Option<u64>, weeks| criteria::start(&t, &candidate(|_, o| (o.available_from, o.ramp_up_weeks) = (from.map(day), weeks)));
    assert_eq!(value(Some(0), Some(10)), Some(1.0));
    assert!(close(value(Some(0), Some(16)), Some(0.5)));
    assert_eq!(value(Some(70), Some(12)), Some(0.0));
    assert_eq!((value(None, Some(1)), value(Some(1), None)), (None, None));
}

#[test]
fn certificates_that_expired_do_not_count() {
    let t = terms(|w| w.certificates_required = vec![CertificateKind::Iso27001, CertificateKind::Soc2]);
    let with = |list: &[(CertificateKind, i64)]| {
        candidate(|p, _| {
            p.certificates = list
                .iter()
                .map(|(kind, days)| Certificate {
                    kind: *kind,
                    issuer: None,
                    number: None,
                    expires_on: Some(today() + chrono::Duration::days(*days)),
                })
                .collect();
        })
    };
    assert_eq!(criteria::certificates(&t, &with(&[])), None);
    assert_eq!(criteria::certificates(&t, &with(&[(CertificateKind::Iso27001, 0)])), Some(0.5));
    let expired = with(&[(CertificateKind::Iso27001, -1), (CertificateKind::Soc2, 9)]);
    assert_eq!(criteria::certificates(&t, &expired), Some(0.5));
    let short = shortfall(Constraint::Certificates, &t, &expired);
    assert_eq!((short.missing, short.instead), (vec!["iso_27001".to_string()], vec!["iso_27001".to_string()]));
}

#[test]
fn impact_share_target_group_responsiveness() {
    let t = terms(|w| {
        w.minimum_impact_share = Some(0.4);
        w.target_groups = vec![TargetGroup::Women, TargetGroup::Youth];
    });
    for (share, value) in [(0.2, 0.25), (0.4, 0.5), (0.7, 0.75), (1.0, 1.0)] {
        assert!(close(criteria::impact_share(&t, &candidate(|p, _| p.workforce.impact_share = Some(share))), Some(value)));
    }
    let plain = terms(|_| {});
    assert!(close(criteria::impact_share(&plain, &candidate(|p, _| p.workforce.impact_share = Some(0.3))), Some(0.3)));
    assert_eq!(criteria::target_group(&t, &candidate(|p, _| p.workforce.target_groups = vec![TargetGroup::Youth])), Some(0.5));
    assert_eq!(criteria::target_group(&t, &candidate(|_, _| {})), None);
    for (received, answered, median, value) in [
        (0, 0, None, None),
        (4, 0, None, Some(0.0)),
        (4, 4, Some(3.0), Some(1.0)),
        (4, 2, Some(96.0), Some(0.375)),
        (1, 1, Some(999.0), Some(0.5)),
    ] {
        let r = Responsiveness { received, answered, median_hours: median };
        let c = candidates(organisation(1), &profile(|_, _| {}), &BTreeMap::new(), Some(&r)).remove(0);
        assert!(close(criteria::responsiveness(&c), value), "{received} {answered}");
    }
}

#[test]
fn evidence_is_of_what_the_need_asks_about() {
    let graded = |list: &[(&str, EvidenceGrade)], change: &dyn Fn(&mut crate::directory::Profile, &mut crate::directory::Offer)| {
        let known = |grade| Provenance { by: SaidBy::Itself, at: crate::Instant::from_micros(0), source: None, grade };
        let provenance = list.iter().map(|(path, grade)| (path.to_string(), known(*grade))).collect();
        candidates(organisation(1), &profile(change), &provenance, None).remove(0)
    };
    let offer = |field: &str| format!("offers/{}/{field}", uuid::Uuid::from_u128(7));
    let (line, skills) = (offer("service_line"), offer("skills"));
    let plain = terms(|_| {});
    let bare = graded(&[], &|_, _| {});
    assert!(close(criteria::evidence(&plain, &bare), Some(0.125)), "the line counts as listed, the share is not stated");
    let stated = graded(&[(&line, EvidenceGrade::Audited)], &|p, o| {
        p.workforce.impact_share = Some(0.5);
        o.skills = vec!["sap".into()];
    });
    assert!(close(criteria::evidence(&plain, &stated), Some(0.625)), "skills are not asked about");
    let asks = terms(|w| {
        w.skills_wished = vec!["excel".into()];
        w.certificates_required = vec![CertificateKind::Iso27001];
    });
    let held = |days: i64| {
        graded(
            &[
                (&line, EvidenceGrade::Audited),
                (&skills, EvidenceGrade::SelfDeclared),
                ("certificates/iso_27001/kind", EvidenceGrade::Documented),
            ],
            &|p, o| {
                let expires_on = Some(today() + chrono::Duration::days(days));
                p.certificates = vec![Certificate { kind: CertificateKind::Iso27001, issuer: None, number: None, expires_on }];
                o.skills = vec!["sap".into()];
            },
        )
    };
    assert!(close(criteria::evidence(&asks, &held(3)), Some((1.0 + 0.5 + 0.75) / 4.0)));
    assert!(close(criteria::evidence(&asks, &held(-3)), Some((1.0 + 0.5) / 4.0)), "an expired certificate is no evidence");
    let nothing = candidates(
        organisation(1),
        &crate::directory::Profile { kinds: vec![OrganisationKind::Issp], ..Default::default() },
        &BTreeMap::new(),
        None,
    );
    assert_eq!(criteria::evidence(&asks, &nothing[0]), None);
}

#[test]
fn an_unknown_fact_is_unconfirmed_and_a_known_one_decides() {
    let t = terms(|w| {
        w.fte_from = Some(10.0);
        w.start_by = Some(day(30));
        w.languages = vec![skill("en", None)];
        w.skills_required = vec!["sap".into()];
        w.countries_excluded = vec!["US".parse().unwrap()];
        w.certificates_required = vec![CertificateKind::Soc2];
        w.budget_per_hour = Some(usd(100, 500));
        w.minimum_impact_share = Some(0.5);
        w.overlap = Some(Overlap { time_zone: "UTC".parse().unwrap(), from_minute: 0, until_minute: 480, hours: 2.0 });
    });
    let (failed, unconfirmed) = standings(&t, &candidate(|_, _| {}));
    assert_eq!(failed, []);
    assert_eq!(unconfirmed.len(), Constraint::ALL.len() - 2, "all but the line and the smallest engagement: {unconfirmed:?}");
    let bad = candidate(|p, o| {
        p.delivery_countries = vec!["US".parse().unwrap()];
        p.workforce.impact_share = Some(0.2);
        o.service_line = ServiceLine::DataEntry;
        (o.available_fte, o.minimum_fte) = (Some(4.0), Some(12.0));
        o.available_from = Some(day(40));
        o.languages = vec![skill("fr", None)];
        o.skills = vec!["excel".into()];
        o.price_per_hour = Some(usd(700, 900));
        o.hours = Some(HoursCovered { time_zone: "UTC".parse().unwrap(), from_minute: 420, until_minute: 900 });
    });
    let (failed, unconfirmed) = standings(&t, &bad);
    assert_eq!(unconfirmed, [Constraint::Certificates]);
    let by: Vec<_> = failed.iter().map(|c| (*c, shortfall(*c, &t, &bad).by)).collect();
    let near = |c, x: f32| by.iter().any(|(k, b)| *k == c && close(*b, Some(x)));
    assert!(near(Constraint::Capacity, 6.0) && near(Constraint::MinimumEngagement, 2.0) && near(Constraint::Start, 10.0), "{by:?}");
    assert!(near(Constraint::Budget, 200.0) && near(Constraint::Overlap, 1.0) && near(Constraint::ImpactShare, 0.3), "{by:?}");
    assert_eq!(failed.len(), Constraint::ALL.len() - 1);
    let fewer_seats = candidate(|_, o| o.capacity_fte = Some(3.0));
    assert_eq!(standing(Constraint::Capacity, &t, &fewer_seats), Standing::Failed, "all its people are too few");
}

#[test]
fn a_need_opens_to_what_is_known_and_tells_others_only_what_they_lack() {
    let t = terms(|w| (w.fte_from, w.skills_required) = (Some(10.0), vec!["sap".into()]));
    let shell = candidate(|_, _| {});
    let stated = candidate(|_, o| (o.available_fte, o.skills) = (Some(12.0), vec!["SAP".into()]));
    let small = candidate(|_, o| (o.available_fte, o.skills) = (Some(2.0), vec!["SAP".into()]));
    let other = candidate(|_, o| o.service_line = ServiceLine::Sales);
    let known = |all: &[&Candidate]| is_known_to_meet(&t, &all.iter().map(|c| (*c).clone()).collect::<Vec<_>>());
    assert!(known(&[&shell, &stated]) && !known(&[&shell]) && !known(&[&small, &other]));
    let told = hidden_need(&t, &[other.clone(), shell]).unwrap();
    assert_eq!((told.service_line, told.unconfirmed), (ServiceLine::DataAnnotation, vec![Constraint::Skills, Constraint::Capacity]));
    assert_eq!(hidden_need(&t, &[small, other]), None, "who fails something learns nothing");
}

#[test]
fn what_is_not_a_provider_is_no_candidate() {
    let mut p = profile(|_, _| {});
    p.kinds = vec![OrganisationKind::Trainer];
    assert!(candidates(organisation(1), &p, &BTreeMap::new(), None).is_empty());
}

#[test]
fn weights_are_checked_and_presets_sum_to_a_hundred() {
    for preset in Preset::ALL {
        assert_eq!(preset.weights().array().iter().sum::<f32>(), 100.0, "{preset}");
    }
    let mut w = Weights::default();
    w.set(Criterion::Price, -1.0);
    assert_eq!(w.over(Asked::ALL), Err(WeightsError::NotANumber(Criterion::Price)));
    w.set(Criterion::Price, f32::NAN);
    assert_eq!(w.over(Asked::ALL), Err(WeightsError::NotANumber(Criterion::Price)));
    assert_eq!(Weights::from([0.0; CRITERIA]).over(Asked::ALL), Err(WeightsError::NothingWeighs));
    let written = Weights { skills: 2.0, price: 0.5, ..[0.0; CRITERIA].into() };
    assert_eq!((written.to_string().as_str(), written.to_string().parse()), ("skills:2,price:0.5", Ok(written)));
    assert!("charm:1".parse::<Weights>().is_err() && "skills".parse::<Weights>().is_err() && "skills:x".parse::<Weights>().is_err());
    let only_price = Weights { price: 5.0, ..[0.0; CRITERIA].into() };
    assert_eq!(only_price.over(terms(|_| {}).asked), Err(WeightsError::NothingWeighs), "the need has no budget");
}

#[test]
fn a_provider_sees_what_fits_it_and_what_it_lacks() {
    let c = candidate(|_, o| (o.available_fte, o.price_per_hour) = (Some(8.0), Some(usd(600, 600))));
    let fits = terms(|w| w.budget_per_hour = Some(usd(500, 900)));
    let dear = terms(|w| (w.budget_per_hour, w.fte_from) = (Some(usd(300, 500)), Some(10.0)));
    let id = |n| NeedId(uuid::Uuid::from_u128(n));
    let seen = needs_for(&[c], [(id(1), &dear), (id(2), &fits)], &Weights::default()).unwrap();
    assert_eq!((seen[0].need, seen[0].fits, seen[1].fits), (id(2), true, false));
    assert_eq!(seen[1].shortfalls.iter().map(|s| s.constraint).collect::<Vec<_>>(), [Constraint::Capacity, Constraint::Budget]);
    assert!(seen[1].lifts.iter().take(2).all(|l| !l.resolves.is_empty()), "{:?}", seen[1].lifts);
}
