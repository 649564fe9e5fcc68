//! The document as a table to look requests up in: which methods an address knows, and which query
//! parameters each operation takes.

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One operation of the document.
#[derive(Debug, Clone)]
pub struct Operation {
    pub id: String,
    pub query: Vec<String>,
}

pub struct Routes {
    tree: matchit::Router<BTreeMap<String, Operation>>,
}

static ROUTES: LazyLock<Routes> = LazyLock::new(|| Routes::of(super::document()));

impl Routes {
    /// Those of this program.
    pub fn ours() -> &'static Self {
        &ROUTES
    }

    fn of(document: &Value) -> Self {
        let mut tree = matchit::Router::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            let methods = item.as_object().into_iter().flatten();
            let known = methods.map(|(method, operation)| (method.to_uppercase(), read(operation))).collect();
            tree.insert(path.clone(), known).expect("the addresses of the document don't contradict each other");
        }
        Self { tree }
    }

    /// The operations at this address, by method.
    pub fn at(&self, path: &str) -> Option<&BTreeMap<String, Operation>> {
        self.tree.at(path).ok().map(|found| found.value)
    }
}

fn read(operation: &Value) -> Operation {
    let stated = operation["parameters"].as_array().into_iter().flatten();
    let query = stated.filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str().map(str::to_owned)).collect();
    Operation { id: operation["operationId"].as_str().unwrap_or_default().to_owned(), query }
}
