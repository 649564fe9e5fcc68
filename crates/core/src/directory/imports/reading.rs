//! Reads a table row by row and lays what a row states over a listing. The server's work: the browser only shows it.

use super::*;
use crate::codes::{Country, Language, OrganisationKind, ServiceLine, TargetGroup};
use crate::directory::{Offer, Profile, Provenance, SaidBy, name_key, website_key};
use crate::ids::OfferId;
use crate::problem::FieldError;
use std::collections::BTreeMap;
use std::str::FromStr;

impl ImportField {
    /// What a column of that name most likely says.
    pub fn guess(column: &str) -> Option<Self> {
        let word = slug::slugify(column).replace('-', "_");
        Some(match word.as_str() {
            "name" | "organisation" | "organization" | "organisation_name" | "organization_name" | "company" | "company_name"
            | "provider" | "nom" => Self::Name,
            "other_names" | "aliases" | "alias" | "aka" => Self::OtherNames,
            "website" | "url" | "web" | "homepage" | "site_web" => Self::Website,
            "kind" | "kinds" | "type" | "category" => Self::Kind,
            "country_hq" | "country" | "hq_country" | "headquarters" | "pays" => Self::CountryHq,
            "city" | "hq_city" | "town" | "ville" => Self::City,
            "delivery_countries" | "countries" | "delivery" | "delivery_locations" => Self::DeliveryCountries,
            "services" | "service_lines" | "service" => Self::Services,
            "languages" | "language" | "langues" => Self::Languages,
            "target_groups" | "target_group" | "groups" | "beneficiaries" => Self::TargetGroups,
            "founded" | "year_founded" | "founded_in" | "established" => Self::Founded,
            "headcount" | "employees" | "staff" | "size" | "number_of_employees" => Self::Headcount,
            "headcount_year" | "employees_year" => Self::HeadcountYear,
            "summary" | "description" | "about" => Self::Summary,
            "source" | "reference" => Self::Source,
            "as_of" | "year" | "as_of_year" => Self::AsOf,
            "source_key" | "id" | "key" | "external_id" => Self::SourceKey,
            _ => return None,
        })
    }
}

/// What a row states; what it does not state is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    pub line: u32,
    /// By what the row is told again in a later import.
    pub key: String,
    pub source: Option<String>,
    /// Everything but the offers.
    pub stated: Profile,
    pub services: Vec<ServiceLine>,
}

impl Sheet {
    pub fn columns(&self, mapping: &[Option<ImportField>]) -> Vec<ImportColumn> {
        let samples = |at: usize| {
            let cells = self.rows.iter().filter_map(|(_, cells)| cells.get(at)).filter(|c| !c.trim().is_empty());
            cells.take(3).map(|c| c.chars().take(120).collect()).collect()
        };
        let field = |at: usize| mapping.get(at).copied().flatten();
        self.header
            .iter()
            .enumerate()
            .map(|(at, name)| ImportColumn { name: name.clone(), field: field(at), samples: samples(at) })
            .collect()
    }

    /// The likeliest mapping; the first column of a meaning has it.
    pub fn guess(&self) -> Vec<Option<ImportField>> {
        let mut taken = Vec::new();
        let guess = |name: &String| {
            let field = ImportField::guess(name).filter(|f| !taken.contains(f))?;
            taken.push(field);
            Some(field)
        };
        self.header.iter().map(guess).collect()
    }

    /// Why this mapping can't be used.
    pub fn check(&self, mapping: &[Option<ImportField>]) -> Vec<FieldError> {
        let say = |pointer: String, message: &str| FieldError { pointer, code: "conflict".into(), message: message.into() };
        let mut errors = Vec::new();
        if mapping.len() != self.header.len() {
            errors.push(say("/fields".into(), &format!("The table has {} columns; give one entry for each.", self.header.len())));
        }
        for (at, field) in mapping.iter().enumerate() {
            if field.is_some() && mapping[..at].contains(field) {
                errors.push(say(format!("/fields/{at}"), "Another column is mapped to this field."));
            }
        }
        if !mapping.contains(&Some(ImportField::Name)) {
            errors.push(say("/fields".into(), "Say which column is the name."));
        }
        errors
    }

    /// Each row as what it states, or everything that is wrong with it. Of two rows with one key the
    /// second is refused.
    pub fn read(&self, mapping: &[Option<ImportField>]) -> Vec<Result<ImportRow, Vec<RowError>>> {
        let mut first_lines = BTreeMap::new();
        let rows = self.rows.iter().map(|(line, cells)| {
            let row = self.read_row(mapping, *line, cells)?;
            match first_lines.insert(row.key.clone(), *line) {
                None => Ok(row),
                Some(first) => {
                    first_lines.insert(row.key.clone(), first);
                    Err(vec![RowError { line: *line, column: None, message: format!("The same organisation is on line {first}.") }])
                }
            }
        });
        rows.collect()
    }

    fn read_row(&self, mapping: &[Option<ImportField>], line: u32, cells: &[String]) -> Result<ImportRow, Vec<RowError>> {
        let mut row = ImportRow { line, key: String::new(), source: None, stated: Profile::default(), services: Vec::new() };
        let (mut as_of, mut errors) = (None, Vec::new());
        for (at, cell) in cells.iter().enumerate() {
            let (Some(Some(field)), text) = (mapping.get(at), cell.trim()) else { continue };
            if text.is_empty() {
                continue;
            }
            if let Err(message) = row.state(*field, text, &mut as_of) {
                errors.push(RowError { line, column: self.header.get(at).cloned(), message });
            }
        }
        if row.stated.name.chars().count() < 2 && errors.is_empty() {
            errors.push(RowError { line, column: None, message: "The row has no name.".into() });
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        if row.key.is_empty() {
            let place = row.stated.country.map_or("", |c| c.alpha2());
            row.key = match row.stated.website.as_deref().and_then(website_key) {
                Some(host) => format!("web:{host}"),
                None => format!("name:{} {place}", name_key(&row.stated.name)),
            };
        }
        if let Some(year) = as_of {
            row.source = Some(row.source.map_or_else(|| format!("as of {year}"), |s| format!("{s}, as of {year}")));
        }
        Ok(row)
    }
}

impl ImportRow {
    fn state(&mut self, field: ImportField, text: &str, as_of: &mut Option<i32>) -> Result<(), String> {
        let profile = &mut self.stated;
        match field {
            ImportField::Name => profile.name = short(text, 200)?,
            ImportField::OtherNames => profile.other_names = parts(text).map(str::to_owned).collect(),
            ImportField::Website => profile.website = Some(website(text)?),
            ImportField::Kind => profile.kinds = words::<OrganisationKind>(text)?,
            ImportField::CountryHq => profile.country = Some(country(text)?),
            ImportField::City => profile.city = Some(short(text, 100)?),
            ImportField::DeliveryCountries => profile.delivery_countries = each(text, country)?,
            ImportField::Services => self.services = words(text)?,
            ImportField::Languages => profile.languages = each(text, |t| t.parse::<Language>().map_err(|e| e.to_string()))?,
            ImportField::TargetGroups => profile.workforce.target_groups = words::<TargetGroup>(text)?,
            ImportField::Founded => profile.founded = Some(number(text, 1800, 2100)?),
            ImportField::Headcount => profile.headcount = Some(number(text, 0, 10_000_000)?),
            ImportField::HeadcountYear => profile.headcount_year = Some(number(text, 1990, 2100)?),
            ImportField::Summary => profile.summary = Some(short(text, 5000)?),
            ImportField::Source => self.source = Some(short(text, 300)?),
            ImportField::AsOf => *as_of = Some(number(text, 1800, 2100)?),
            ImportField::SourceKey => self.key = format!("key:{}", short(text, 200)?),
        }
        Ok(())
    }

    /// The profile that results when the list speaks: what others than a list said stays.
    pub fn onto(&self, before: &Profile, known: &BTreeMap<String, Provenance>, mut new_id: impl FnMut() -> OfferId) -> Profile {
        let ours = |path: &str| known.get(path).is_none_or(|p| p.by == SaidBy::List);
        let mut after = before.clone();
        macro_rules! overlay {
            ($($field:ident . $empty:ident),*) => {$(
                if !self.stated.$field.$empty() && ours(stringify!($field)) {
                    after.$field = self.stated.$field.clone();
                }
            )*};
        }
        overlay!(
            name.is_empty,
            other_names.is_empty,
            kinds.is_empty,
            summary.is_none,
            website.is_none,
            country.is_none,
            city.is_none,
            delivery_countries.is_empty,
            founded.is_none,
            headcount.is_none,
            headcount_year.is_none,
            languages.is_empty
        );
        if !self.stated.workforce.target_groups.is_empty() && ours("workforce/target_groups") {
            after.workforce.target_groups = self.stated.workforce.target_groups.clone();
        }
        if !self.services.is_empty() {
            let listed_only = |offer: &Offer| ours(&format!("offers/{}/service_line", offer.id));
            after.offers.retain(|o| self.services.contains(&o.service_line) || !listed_only(o));
            for line in &self.services {
                if !after.offers.iter().any(|o| o.service_line == *line) {
                    after.offers.push(Offer::of(new_id(), *line));
                }
            }
        }
        after
    }
}

impl Offer {
    /// An offer of which only the service line is known.
    pub fn of(id: OfferId, service_line: ServiceLine) -> Self {
        Self {
            id,
            service_line,
            skills: vec![],
            languages: vec![],
            capacity_fte: None,
            available_fte: None,
            available_from: None,
            price_per_hour: None,
            hours: None,
            minimum_fte: None,
            ramp_up_weeks: None,
        }
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let separators: &[char] = if text.contains(';') { &[';'] } else { &[',', '|', '\n'] };
    text.split(separators).map(str::trim).filter(|p| !p.is_empty())
}

fn each<T: PartialEq>(text: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    let mut list = Vec::new();
    for part in parts(text) {
        let value = read(part)?;
        if !list.contains(&value) {
            list.push(value);
        }
    }
    Ok(list)
}

/// Words of a code list, however they are spaced and capitalised.
fn words<T: FromStr + PartialEq>(text: &str) -> Result<Vec<T>, String>
where
    T::Err: std::fmt::Display,
{
    each(text, |part| {
        slug::slugify(part).replace('-', "_").parse().map_err(|_| part.parse::<T>().err().map(|e| e.to_string()).unwrap_or_default())
    })
}

fn country(text: &str) -> Result<Country, String> {
    let named = || Country::all().find(|c| c.name().eq_ignore_ascii_case(text));
    text.to_uppercase()
        .parse()
        .ok()
        .or_else(named)
        .ok_or_else(|| format!("'{text}' is neither an ISO 3166-1 alpha-2 country code such as KE nor a country's English name"))
}

fn number(text: &str, least: i32, most: i32) -> Result<i32, String> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | ',' | '\u{a0}' | '\'')).collect();
    match plain.strip_suffix(".0").unwrap_or(&plain).parse() {
        Ok(n) if (least..=most).contains(&n) => Ok(n),
        Ok(n) => Err(format!("{n} is not from {least} to {most}")),
        Err(_) => Err(format!("'{}' is not a whole number", short(text, 80)?)),
    }
}

fn website(text: &str) -> Result<String, String> {
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let fits = (address.starts_with("http://") || address.starts_with("https://")) && !address.contains(char::is_whitespace);
    match website_key(&address) {
        Some(_) if fits && address.len() <= 300 => Ok(address),
        _ => Err(format!("'{}' is not a web address", text.chars().take(80).collect::<String>())),
    }
}

fn short(text: &str, most: usize) -> Result<String, String> {
    if text.chars().count() <= most { Ok(text.to_owned()) } else { Err(format!("longer than {most} characters")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::EvidenceGrade;
    use uuid::Uuid;

    fn sheet(text: &str) -> Sheet {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = text.lines();
        let header = cells(lines.next().unwrap());
        Sheet { header, rows: lines.enumerate().map(|(i, l)| (i as u32 + 2, cells(l))).collect() }
    }

    #[test]
    fn columns_are_guessed_and_can_be_mapped_once() {
        let sheet = sheet("Company name,URL,Employees,Colour,Name\nA,B,C,D,E");
        use ImportField::*;
        assert_eq!(sheet.guess(), [Some(Name), Some(Website), Some(Headcount), None, None]);
        assert!(sheet.check(&sheet.guess()).is_empty());
        let wrong = [Some(Website), Some(Website), None, None];
        assert_eq!(sheet.check(&wrong).len(), 3);
    }

    #[test]
    fn a_row_says_every_error_with_line_and_column() {
        let sheet = sheet("name,country,services,founded\nGood,Kenya,Data entry;data_annotation,2001\nBad,Atlantis,juggling,old\n,,,");
        let rows = sheet.read(&sheet.guess());
        let good = rows[0].as_ref().unwrap();
        assert_eq!((good.stated.country.unwrap().alpha2(), good.services.len()), ("KE", 2));
        let said: Vec<_> = rows[1].as_ref().unwrap_err().iter().map(|e| (e.line, e.column.as_deref().unwrap())).collect();
        assert_eq!(said, [(3, "country"), (3, "services"), (3, "founded")]);
        assert_eq!(rows[2].as_ref().unwrap_err()[0].message, "The row has no name.");
    }

    #[test]
    fn the_same_organisation_twice_is_refused_the_second_time() {
        let sheet = sheet("name,website\nOne,https://www.one.example/\nUno,one.example");
        let rows = sheet.read(&sheet.guess());
        assert_eq!(rows[0].as_ref().unwrap().key, "web:one.example");
        assert_eq!(rows[1].as_ref().unwrap_err()[0].message, "The same organisation is on line 2.");
    }

    #[test]
    fn a_list_does_not_overrule_the_organisation_and_an_empty_cell_says_nothing() {
        let table = sheet("name,city,founded,services\nOne,Nairobi,,data_entry");
        let row = table.read(&table.guess()).remove(0).unwrap();
        let before = Profile {
            name: "One".into(),
            city: Some("Kisumu".into()),
            founded: Some(1999),
            offers: vec![Offer::of(Uuid::nil().into(), ServiceLine::Research)],
            ..Profile::default()
        };
        let by = |by| Provenance { by, at: Instant::from_micros(0), source: None, grade: EvidenceGrade::Listed };
        let known =
            BTreeMap::from([("city".to_owned(), by(SaidBy::Itself)), (format!("offers/{}/service_line", Uuid::nil()), by(SaidBy::List))]);
        let after = row.onto(&before, &known, || Uuid::max().into());
        assert_eq!((after.city.as_deref(), after.founded), (Some("Kisumu"), Some(1999)));
        assert_eq!(after.offers.iter().map(|o| o.service_line).collect::<Vec<_>>(), [ServiceLine::DataEntry]);
    }

    #[test]
    fn cells_that_begin_like_formulas_are_defused() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(defused(cell), format!("'{cell}"));
        }
        assert_eq!(defused("1=1"), "1=1");
    }
}
