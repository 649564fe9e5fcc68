//! What our letters say, in English and French.

use kazi_core::codes::Language;

use kazi_store::letters::Letter;

/// What a letter is about. Links are whole addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text<'a> {
    Confirm {
        name: &'a str,
        link: &'a str,
    },
    /// Somebody signs up with an address that has an account.
    HasAccount {
        name: &'a str,
        sign_in: &'a str,
        forgot: &'a str,
    },
    ResetPassword {
        name: &'a str,
        link: &'a str,
    },
    PasswordChanged {
        name: &'a str,
        forgot: &'a str,
    },
    Invitation {
        organisation: &'a str,
        by: &'a str,
        link: &'a str,
    },
    ClaimApproved {
        name: &'a str,
        organisation: &'a str,
        reason: &'a str,
        link: &'a str,
    },
    ClaimRejected {
        name: &'a str,
        organisation: &'a str,
        reason: &'a str,
        link: &'a str,
    },
    /// A listing was taken back from those who kept it.
    Unclaimed {
        name: &'a str,
        organisation: &'a str,
        reason: &'a str,
        link: &'a str,
    },
}

impl Text<'_> {
    pub fn to(&self, to: &str, language: &Language) -> Letter {
        let (subject, text) = if language.primary() == "fr" { self.french() } else { self.english() };
        Letter { to: Some(to.to_owned()), subject, text }
    }

    fn english(&self) -> (String, String) {
        match self {
            Self::Confirm { name, link } => (
                "Confirm your e-mail address".into(),
                format!(
                    "Hello {name},\n\nPlease confirm that this address is yours:\n\n{link}\n\nThe link works once, for two days. \
                     If you signed up more than once, each letter confirms the name and the password of its own sign-up.\n\n\
                     If you did not just sign up for Kazi, do not follow it: without it nothing happens.\n\nKazi\n"
                ),
            ),
            Self::HasAccount { name, sign_in, forgot } => (
                "You have an account already".into(),
                format!(
                    "Hello {name},\n\nSomebody, probably you, signed up for Kazi with this address. It has an account already.\n\n\
                     Sign in: {sign_in}\nForgot your password? {forgot}\n\nIf it was not you, you need do nothing.\n\nKazi\n"
                ),
            ),
            Self::ResetPassword { name, link } => (
                "Choose a new password".into(),
                format!(
                    "Hello {name},\n\nHere you choose a new password:\n\n{link}\n\nThe link works once, for one hour. \
                     If you did not ask for it, you need do nothing; your password stays as it is.\n\nKazi\n"
                ),
            ),
            Self::PasswordChanged { name, forgot } => (
                "Your password was changed".into(),
                format!(
                    "Hello {name},\n\nYour password was changed and you were signed out everywhere.\n\n\
                     If it was not you, choose a new one at once: {forgot}\n\nKazi\n"
                ),
            ),
            Self::Invitation { organisation, by, link } => (
                format!("Invitation to {organisation}"),
                format!(
                    "Hello,\n\n{by} invites you to act for {organisation} on Kazi, the open platform for Impact Sourcing.\n\n\
                     Accept: {link}\n\nThe link works once, for two weeks, for an account with this e-mail address.\n\nKazi\n"
                ),
            ),
            Self::ClaimApproved { name, organisation, reason, link } => (
                format!("Your claim on {organisation} is approved"),
                format!(
                    "Hello {name},\n\nYou keep the entry of {organisation} on Kazi now. Our staff's reason:\n\n{reason}\n\n\
                     Look at it, and complete it: {link}\n\nKazi\n"
                ),
            ),
            Self::ClaimRejected { name, organisation, reason, link } => (
                format!("Your claim on {organisation} is rejected"),
                format!(
                    "Hello {name},\n\nYour claim on the entry of {organisation} on Kazi was rejected. Our staff's reason:\n\n{reason}\n\n\
                     The entry, where you can claim again with better evidence: {link}\n\nKazi\n"
                ),
            ),
            Self::Unclaimed { name, organisation, reason, link } => (
                format!("You no longer keep {organisation}"),
                format!(
                    "Hello {name},\n\nOur staff took the entry of {organisation} on Kazi back from those who kept it, you among them. \
                     Their reason:\n\n{reason}\n\nIf that is wrong, claim the entry with evidence: {link}\n\nKazi\n"
                ),
            ),
        }
    }

    fn french(&self) -> (String, String) {
        match self {
            Self::Confirm { name, link } => (
                "Confirmez votre adresse e-mail".into(),
                format!(
                    "Bonjour {name},\n\nMerci de confirmer que cette adresse est la vôtre :\n\n{link}\n\nLe lien fonctionne une fois, \
                     pendant deux jours. Si vous vous êtes inscrit plusieurs fois, chaque lettre confirme le nom et le mot de passe \
                     de sa propre inscription.\n\nSi vous ne venez pas de vous inscrire sur Kazi, ne le suivez pas : rien ne se passera.\n\nKazi\n"
                ),
            ),
            Self::HasAccount { name, sign_in, forgot } => (
                "Vous avez déjà un compte".into(),
                format!(
                    "Bonjour {name},\n\nQuelqu’un, sans doute vous, s’est inscrit sur Kazi avec cette adresse. Elle a déjà un compte.\n\n\
                     Se connecter : {sign_in}\nMot de passe oublié ? {forgot}\n\nSi ce n’était pas vous, vous n’avez rien à faire.\n\nKazi\n"
                ),
            ),
            Self::ResetPassword { name, link } => (
                "Choisissez un nouveau mot de passe".into(),
                format!(
                    "Bonjour {name},\n\nChoisissez ici un nouveau mot de passe :\n\n{link}\n\nLe lien fonctionne une fois, pendant une \
                     heure. Si vous ne l’avez pas demandé, vous n’avez rien à faire ; votre mot de passe reste le même.\n\nKazi\n"
                ),
            ),
            Self::PasswordChanged { name, forgot } => (
                "Votre mot de passe a été modifié".into(),
                format!(
                    "Bonjour {name},\n\nVotre mot de passe a été modifié et vous avez été déconnecté partout.\n\n\
                     Si ce n’était pas vous, choisissez-en un nouveau sans attendre : {forgot}\n\nKazi\n"
                ),
            ),
            Self::Invitation { organisation, by, link } => (
                format!("Invitation à rejoindre {organisation}"),
                format!(
                    "Bonjour,\n\n{by} vous invite à agir pour {organisation} sur Kazi, la plateforme ouverte de l’Impact Sourcing.\n\n\
                     Accepter : {link}\n\nLe lien fonctionne une fois, pendant deux semaines, pour un compte avec cette adresse e-mail.\n\nKazi\n"
                ),
            ),
            Self::ClaimApproved { name, organisation, reason, link } => (
                format!("Votre revendication de {organisation} est acceptée"),
                format!(
                    "Bonjour {name},\n\nVous tenez maintenant la fiche de {organisation} sur Kazi. La raison donnée par notre équipe :\n\n\
                     {reason}\n\nPour la voir et la compléter : {link}\n\nKazi\n"
                ),
            ),
            Self::ClaimRejected { name, organisation, reason, link } => (
                format!("Votre revendication de {organisation} est rejetée"),
                format!(
                    "Bonjour {name},\n\nVotre revendication de la fiche de {organisation} sur Kazi a été rejetée. La raison donnée par \
                     notre équipe :\n\n{reason}\n\nLa fiche, que vous pouvez revendiquer à nouveau avec de meilleures preuves : {link}\n\n\
                     Kazi\n"
                ),
            ),
            Self::Unclaimed { name, organisation, reason, link } => (
                format!("Vous ne tenez plus la fiche de {organisation}"),
                format!(
                    "Bonjour {name},\n\nNotre équipe a repris la fiche de {organisation} sur Kazi à celles et ceux qui la tenaient, dont \
                     vous. La raison :\n\n{reason}\n\nSi c’est une erreur, revendiquez la fiche avec des preuves : {link}\n\nKazi\n"
                ),
            ),
        }
    }
}
