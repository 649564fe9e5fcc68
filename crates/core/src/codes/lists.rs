//! The closed lists of the field.

use super::code_list;

code_list! {
    /// What an organisation is to the sector; it may be several.
    pub enum OrganisationKind: "an organisation kind: issp, bpo, buyer, funder, trainer, certifier, community or government" {
        /// Impact sourcing service provider.
        Issp = "issp",
        /// Business process outsourcer.
        Bpo = "bpo",
        Buyer = "buyer", Funder = "funder", Trainer = "trainer", Certifier = "certifier",
        Community = "community", Government = "government",
    }
}

impl OrganisationKind {
    /// Delivers services to buyers, so it is found in the directory of providers and matched.
    pub fn is_provider(self) -> bool {
        matches!(self, Self::Issp | Self::Bpo)
    }
}

code_list! {
    /// Whom an organisation means to employ. The first eight are those of the Impact Sourcing Metrics
    /// Working Group (GIIN and Rockefeller Foundation, 2014); the others occur in the sector's reports.
    pub enum TargetGroup: "a target group such as disability, low_income or women" {
        Disability = "disability", Poor = "poor", LowIncome = "low_income", Women = "women",
        Hiv = "hiv", Refugees = "refugees", Minorities = "minorities", Indigenous = "indigenous",
        Youth = "youth", Rural = "rural", LongTermUnemployed = "long_term_unemployed",
        Veterans = "veterans", FormerlyIncarcerated = "formerly_incarcerated", Lgbtq = "lgbtq",
    }
}

code_list! {
    /// Security, quality and labour certificates that buyers ask for.
    pub enum CertificateKind: "a certificate such as iso_27001" {
        Iso27001 = "iso_27001", Iso27701 = "iso_27701", Soc2 = "soc_2", PciDss = "pci_dss", Hipaa = "hipaa",
        Iso9001 = "iso_9001", Iso18295 = "iso_18295", CopcCx = "copc_cx", Iso22301 = "iso_22301",
        Iso45001 = "iso_45001", Iso14001 = "iso_14001", Sa8000 = "sa_8000", BCorp = "b_corp",
    }
}
