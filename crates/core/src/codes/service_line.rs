//! The service lines: our own list, each mapped to ISIC Rev. 4 and ISCO-08.

use super::code_list;

code_list! {
    /// What a provider does for its clients.
    pub enum ServiceLine: "a service line such as data_annotation" {
        DataAnnotation = "data_annotation", ContentModeration = "content_moderation", DataEntry = "data_entry",
        Digitisation = "digitisation", Transcription = "transcription", Translation = "translation",
        CustomerSupportVoice = "customer_support_voice", CustomerSupportChat = "customer_support_chat",
        TechnicalSupport = "technical_support", Sales = "sales", BackOffice = "back_office",
        TransactionProcessing = "transaction_processing", FinanceAccounting = "finance_accounting",
        PayrollHr = "payroll_hr", Collections = "collections", ItHelpdesk = "it_helpdesk",
        SoftwareTesting = "software_testing", SoftwareDevelopment = "software_development",
        DesignMultimedia = "design_multimedia", Research = "research", Surveys = "surveys",
    }
}

impl ServiceLine {
    /// A dense number for bit sets.
    pub const fn ordinal(self) -> usize {
        self as usize
    }

    /// ISIC Rev. 4 class.
    pub const fn isic(self) -> &'static str {
        use ServiceLine::*;
        match self {
            DataAnnotation | ContentModeration | DataEntry | TransactionProcessing => "6311",
            Digitisation | Transcription => "8219",
            Translation => "7490",
            CustomerSupportVoice | CustomerSupportChat | TechnicalSupport | Sales => "8220",
            BackOffice => "8211",
            FinanceAccounting => "6920",
            PayrollHr => "7830",
            Collections => "8291",
            ItHelpdesk => "6202",
            SoftwareTesting | SoftwareDevelopment => "6201",
            DesignMultimedia => "7410",
            Research | Surveys => "7320",
        }
    }

    /// ISCO-08 unit groups of the people who do the work.
    pub const fn isco08(self) -> &'static [&'static str] {
        use ServiceLine::*;
        match self {
            DataAnnotation => &["4132", "4413"],
            ContentModeration => &["4413", "4229"],
            DataEntry => &["4132"],
            Digitisation => &["4131", "4415"],
            Transcription => &["4131"],
            Translation => &["2643"],
            CustomerSupportVoice | CustomerSupportChat => &["4222"],
            TechnicalSupport | ItHelpdesk => &["3512"],
            Sales => &["5244"],
            BackOffice => &["4110"],
            TransactionProcessing => &["4312"],
            FinanceAccounting => &["4311"],
            PayrollHr => &["4313", "4416"],
            Collections => &["4214"],
            SoftwareTesting => &["2519"],
            SoftwareDevelopment => &["2512", "2514"],
            DesignMultimedia => &["2166"],
            Research => &["2421", "2431"],
            Surveys => &["4227"],
        }
    }

    /// Lines close enough that a provider of one is worth a look for the other.
    pub fn is_related_to(self, other: Self) -> bool {
        self != other && FAMILIES.iter().any(|f| f.contains(&self) && f.contains(&other))
    }
}

const FAMILIES: &[&[ServiceLine]] = {
    use ServiceLine::*;
    &[
        &[DataAnnotation, ContentModeration, DataEntry, Transcription],
        &[DataEntry, Digitisation, TransactionProcessing, BackOffice],
        &[Transcription, Translation],
        &[CustomerSupportVoice, CustomerSupportChat, TechnicalSupport, Sales, Collections],
        &[TechnicalSupport, ItHelpdesk],
        &[BackOffice, FinanceAccounting, PayrollHr, TransactionProcessing],
        &[SoftwareTesting, SoftwareDevelopment],
        &[Research, Surveys],
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn related_lines_are_related_both_ways() {
        for a in ServiceLine::ALL {
            assert!(!a.is_related_to(*a));
            for b in ServiceLine::ALL {
                assert_eq!(a.is_related_to(*b), b.is_related_to(*a));
            }
        }
    }

    #[test]
    fn every_isco_code_is_in_the_classification() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/isco08.csv");
        let Ok(list) = std::fs::read_to_string(path) else {
            eprintln!("skipped: no reference data at {path}");
            return;
        };
        for code in ServiceLine::ALL.iter().flat_map(|l| l.isco08()) {
            assert!(list.lines().any(|l| l.starts_with(&format!("{code},"))), "{code}");
        }
    }
}
