//! Reads a table row by row. The server's work: the browser only shows it.

use super::cells::*;
use super::*;
use crate::codes::{CertificateKind, Language, OrganisationKind, ServiceLine, TargetGroup};
use crate::directory::{Profile, name_key, website_key};
use crate::problem::FieldError;
use std::collections::BTreeMap;

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
            "certificates" | "certificate" | "certifications" | "certificats" => Self::Certificates,
            "impact_share" | "share_of_impact_workers" => Self::ImpactShare,
            "impact_definition" | "definition" => Self::ImpactDefinition,
            "impact_definition_source" | "definition_source" => Self::ImpactDefinitionSource,
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
    /// Everything but the offers and certificates.
    pub stated: Profile,
    pub services: Vec<ServiceLine>,
    pub certificates: Vec<CertificateKind>,
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
                    Err(vec![RowError::same_row(*line, first)])
                }
            }
        });
        rows.collect()
    }

    fn read_row(&self, mapping: &[Option<ImportField>], line: u32, cells: &[String]) -> Result<ImportRow, Vec<RowError>> {
        let mut row =
            ImportRow { line, key: String::new(), source: None, stated: Profile::default(), services: vec![], certificates: vec![] };
        let (mut as_of, mut errors) = (None, Vec::new());
        for (at, cell) in cells.iter().enumerate() {
            let (Some(Some(field)), text) = (mapping.get(at), undefused(cell.trim()).trim()) else { continue };
            if text.is_empty() {
                continue;
            }
            if let Err(Wrong { code, value, message }) = row.state(*field, text, &mut as_of) {
                errors.push(RowError { line, column: self.header.get(at).cloned(), code, value: Some(value), message });
            }
        }
        if row.stated.name.chars().count() < 2 && errors.is_empty() {
            errors.push(RowError { line, column: None, code: RowProblem::NoName, value: None, message: "The row has no name.".into() });
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        if row.key.is_empty() {
            // Without a key of the list's own the row is told by what it says.
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

impl RowError {
    /// The row's key is that of an earlier one.
    pub fn same_row(line: u32, first: u32) -> Self {
        let message = format!("The same organisation is on line {first}.");
        Self { line, column: None, code: RowProblem::SameRow, value: Some(first.to_string()), message }
    }
    /// Another row speaks for the same listing, such as one that another was merged into.
    pub fn same_listing(line: u32, other: u32) -> Self {
        let message = format!("Line {other} speaks for the same listing.");
        Self { line, column: None, code: RowProblem::SameListing, value: Some(other.to_string()), message }
    }
    /// What the row states does not go together with what is known.
    pub fn contradiction(line: u32, message: String) -> Self {
        Self { line, column: None, code: RowProblem::Contradiction, value: None, message }
    }
}

impl ImportRow {
    fn state(&mut self, field: ImportField, text: &str, as_of: &mut Option<i32>) -> Result<(), Wrong> {
        let profile = &mut self.stated;
        match field {
            ImportField::Name => profile.name = short(text, 200)?,
            ImportField::OtherNames => profile.other_names = each(text, 20, |name| short(name, 200))?,
            ImportField::Website => profile.website = Some(website(text)?),
            ImportField::Kind => profile.kinds = words::<OrganisationKind>(text, 8)?,
            ImportField::CountryHq => profile.country = Some(country(text)?),
            ImportField::City => profile.city = Some(short(text, 100)?),
            ImportField::DeliveryCountries => profile.delivery_countries = each(text, 250, country)?,
            ImportField::Services => self.services = words(text, 50)?,
            ImportField::Languages => profile.languages = each(text, 100, code::<Language>)?,
            ImportField::TargetGroups => profile.workforce.target_groups = words::<TargetGroup>(text, 50)?,
            ImportField::Certificates => self.certificates = words(text, 50)?,
            ImportField::ImpactShare => profile.workforce.impact_share = Some(share(text)?),
            ImportField::ImpactDefinition => profile.workforce.definition = Some(short(text, 1000)?),
            ImportField::ImpactDefinitionSource => profile.workforce.definition_source = Some(short(text, 300)?),
            ImportField::Founded => profile.founded = Some(number(text, 1800, 2100)?),
            ImportField::Headcount => profile.headcount = Some(number(text, 0, 10_000_000)?),
            ImportField::HeadcountYear => profile.headcount_year = Some(number(text, 1990, 2100)?),
            ImportField::Summary => profile.summary = Some(short(text, 5000)?),
            ImportField::Source => self.source = Some(short(text, 200)?),
            ImportField::AsOf => *as_of = Some(number(text, 1800, 2100)?),
            ImportField::SourceKey => self.key = format!("key:{}", short(text, 200)?),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{EvidenceGrade, Offer, Provenance, SaidBy};
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
        let after = row.onto(&before, &known, Reach::ListsWord, || Uuid::max().into());
        assert_eq!((after.city.as_deref(), after.founded), (Some("Kisumu"), Some(1999)));
        assert_eq!(after.offers.iter().map(|o| o.service_line).collect::<Vec<_>>(), [ServiceLine::DataEntry]);
    }

    #[test]
    fn cells_that_begin_like_formulas_are_defused() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(defused(cell), format!("'{cell}"));
        }
        assert_eq!((defused("1=1").as_ref(), undefused("'=1+1"), undefused("'quoted'")), ("1=1", "=1+1", "'quoted'"));
    }

    #[test]
    fn figures_of_impact_and_certificates_are_read_and_bounded() {
        let table = sheet(
            "name,impact_share,impact_definition,certificates,other_names\nOne,42 %,Poor before hiring,ISO 27001;soc_2,\n\
             Two,42,Any,iso 9000,\nThree,0.5,,,a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t;u",
        );
        let rows = table.read(&table.guess());
        let one = rows[0].as_ref().unwrap();
        assert_eq!((one.stated.workforce.impact_share, one.certificates.len()), (Some(0.42), 2));
        let codes = |row: usize| rows[row].as_ref().unwrap_err().iter().map(|e| e.code).collect::<Vec<_>>();
        assert_eq!(codes(1), [RowProblem::Share, RowProblem::Word]);
        assert_eq!(codes(2), [RowProblem::Count]);
    }

    #[test]
    fn a_row_of_a_merged_listing_only_fills_gaps_and_another_order_is_nothing_new() {
        let table = sheet("name,city,founded,kind\nUmoja Data,Kisumu,2009,bpo;issp");
        let row = table.read(&table.guess()).remove(0).unwrap();
        let by = Provenance { by: SaidBy::List, at: Instant::from_micros(0), source: None, grade: EvidenceGrade::Listed };
        let known = BTreeMap::from(["name", "city", "kinds"].map(|path| (path.to_owned(), by.clone())));
        let kinds = vec![OrganisationKind::Issp, OrganisationKind::Bpo];
        let before = Profile { name: "Umoja".into(), city: Some("Nairobi".into()), kinds: kinds.clone(), ..Profile::default() };
        let after = row.onto(&before, &known, Reach::Gaps, || Uuid::max().into());
        assert_eq!((after.name.as_str(), after.city.as_deref(), after.founded), ("Umoja", Some("Nairobi"), Some(2009)));
        let after = row.onto(&before, &known, Reach::ListsWord, || Uuid::max().into());
        assert_eq!((after.city.as_deref(), after.kinds), (Some("Kisumu"), kinds));
    }
}
