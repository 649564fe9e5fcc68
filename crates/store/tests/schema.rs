//! The schema keeps the house's rules: every column is classified, every foreign key is indexed, both
//! databases have the same tables, migrations go up and down with data in place, and a backup of one
//! kind restores into either.

use kazi_store::backup::{self, Line};
use kazi_store::catalogue::{self, Table};
use kazi_store::testing::{self, TestDatabase};
use std::collections::BTreeMap;

fn tables(db: &TestDatabase) -> Vec<Table> {
    db.store.read_now(catalogue::tables).expect("the schema reads")
}

/// `table.column: class` of each line of `columns.txt`.
fn classes() -> BTreeMap<String, String> {
    let file = include_str!("../columns.txt");
    let lines = file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let mut table = String::new();
    let mut list = BTreeMap::new();
    for line in lines {
        match line.split_once(':') {
            None => table = line.to_owned(),
            Some((class, columns)) => {
                for column in columns.split_whitespace() {
                    assert!(
                        list.insert(format!("{table}.{column}"), class.trim().to_owned()).is_none(),
                        "{table}.{column} is classified twice"
                    );
                }
            }
        }
    }
    list
}

#[test]
fn every_column_is_classified() {
    let classes = classes();
    for class in classes.values() {
        assert!(["public", "internal", "personal", "secret"].contains(&class.as_str()), "{class} is no class");
    }
    for db in testing::databases() {
        let live: Vec<String> =
            tables(&db).iter().flat_map(|t| t.columns.iter().map(|(c, _)| format!("{}.{c}", t.name)).collect::<Vec<_>>()).collect();
        let missing: Vec<_> = live.iter().filter(|c| !classes.contains_key(*c)).collect();
        let gone: Vec<_> = classes.keys().filter(|c| !live.contains(c)).collect();
        assert!(missing.is_empty(), "say in crates/store/columns.txt whether these are public, internal, personal or secret: {missing:?}");
        assert!(gone.is_empty(), "crates/store/columns.txt names columns that there are none of: {gone:?}");
    }
}

#[test]
fn both_databases_have_the_same_tables() {
    let shape = |db: &TestDatabase| -> Vec<(String, Vec<String>)> {
        let names = |t: &Table| t.columns.iter().map(|(c, _)| c.clone()).collect();
        tables(db).iter().map(|t| (t.name.clone(), names(t))).collect()
    };
    let all: Vec<_> = testing::databases().iter().map(shape).collect();
    for other in &all[1..] {
        assert_eq!(&all[0], other);
    }
}

#[test]
fn every_foreign_key_is_indexed() {
    for db in testing::databases() {
        for table in tables(&db) {
            for key in &table.foreign_keys {
                assert!(table.is_indexed(key), "{} needs an index that begins with {key:?}", table.name);
            }
        }
    }
}

/// One row in each table. Texts are all the same id, so that every reference finds its row.
fn rows(db: &TestDatabase) -> Vec<Line> {
    let id = "0190f5fe-7c00-7a00-8000-000000000001";
    let value = |column: &str, kind: &str| match kind {
        _ if column == "data" => serde_json::json!("{}"),
        _ if column == "kind" => serde_json::json!("need.edited"),
        "boolean" => serde_json::json!(true),
        "text" => serde_json::json!(id),
        "double" | "double precision" | "real" => serde_json::json!(0.5),
        _ => serde_json::json!(7),
    };
    let row = |t: &Table| {
        let fields = t.columns.iter().map(|(column, kind)| (column.clone(), value(column, kind))).collect();
        Line::Row { table: t.name.clone(), row: serde_json::Value::Object(fields) }
    };
    tables(db).iter().filter(|t| is_kept(t)).map(row).collect()
}

/// Letters on their way are in no backup.
fn is_kept(table: &Table) -> bool {
    table.name != "letters"
}

fn lines(db: &TestDatabase) -> Vec<Line> {
    let mut list = Vec::new();
    let mut take = |line: &Line| {
        list.push(line.clone());
        Ok(())
    };
    db.store.read_now(|c| backup::backup(c, &mut take)).expect("a backup is made");
    list
}

fn restore(db: &TestDatabase, lines: Vec<Line>) -> Result<backup::Restored, kazi_store::StoreError> {
    db.store.write_now(move |c| backup::restore(c, &mut lines.into_iter().map(Ok)))
}

/// An empty database's backup with one row in each table put in.
fn seeded(db: &TestDatabase) -> Vec<Line> {
    let mut list = lines(db);
    let rows = rows(db);
    let counts = rows.iter().map(|r| if let Line::Row { table, .. } = r { (table.clone(), 1) } else { unreachable!() }).collect();
    list.pop();
    list.extend(rows);
    list.push(Line::End { rows: counts });
    list
}

#[test]
fn migrations_go_down_and_up_again_with_data_in_place() {
    for db in testing::databases() {
        restore(&db, seeded(&db)).expect("rows go in");
        db.store.unmigrate().expect("down");
        assert!(tables(&db).is_empty(), "nothing is left behind: {:?}", tables(&db));
        db.store.migrate().expect("up again");
        restore(&db, seeded(&db)).expect("and they work again");
    }
}

#[test]
fn a_backup_of_either_database_restores_into_the_other() {
    let sources = testing::databases();
    for source in &sources {
        restore(source, seeded(source)).expect("rows go in");
        let kept = lines(source);
        assert!(kept.len() > 10, "{} lines", kept.len());
        for target in testing::databases() {
            let restored = restore(&target, kept.clone()).expect("it restores");
            assert!(restored.values().all(|n| *n == 1), "{restored:?}");
            assert_eq!(lines(&target), kept, "what was restored is what was kept");
            let again = restore(&target, kept.clone()).expect_err("there is data now");
            assert!(again.to_string().contains("empty database only"), "{again}");
            target
                .store
                .write_now(|c| kazi_store::events::append(c, kazi_core::Instant::from_micros(1), event()))
                .expect("the log goes on");
            let log = target.log(2);
            assert_eq!((log.len(), log[0].cursor.seq, log[1].cursor.seq), (2, 7, 8));
        }
    }
}

#[test]
fn a_backup_that_is_cut_short_restores_nothing() {
    for db in testing::databases() {
        let mut list = seeded(&db);
        list.pop();
        assert!(restore(&db, list.clone()).expect_err("no end").to_string().contains("cut short"));
        list.remove(0);
        assert!(restore(&db, list).expect_err("no beginning").to_string().contains("no backup of Kazi"));
        assert_eq!(lines(&db).len(), 2, "only the first and the last line");
    }
}

fn event() -> kazi_core::events::NewEvent {
    use kazi_core::events::{EventKind, NewEvent};
    NewEvent { kind: EventKind::NeedEdited, actor: None, organisation: None, subject: uuid::Uuid::now_v7(), data: serde_json::Value::Null }
}

/// Followers read all organisations that stand in the order of their ids; without this they would sort all for each batch.
#[test]
fn organisations_that_stand_are_read_in_order() {
    for db in testing::databases() {
        let tables = tables(&db);
        let organisations = tables.iter().find(|t| t.name == "organisations").expect("there are organisations");
        assert!(organisations.is_indexed(&["merged_into".into(), "id".into()]));
    }
}
