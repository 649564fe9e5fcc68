//! Certificates held, with issuer and expiry.

use super::fields::{CertificateFields, CertificateWritten};
use crate::codes;
use crate::i18n::{code, k, t};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn Certificates(certificates: RwSignal<Vec<CertificateFields>>, form: Form) -> impl IntoView {
    let add = move |_| certificates.update(|all| all.push(CertificateFields::of(CertificateWritten::new())));
    view! {
        <section id="certificates"><h2>{t(k::directory::CERTIFICATES)}</h2>
            <div class="stack"><For each=move || certificates.get().into_iter().enumerate() key=|(at, c)| (*at, c.id.get_untracked()) let((at, certificate))>
                <CertificateForm certificates certificate at form/></For></div>
            <p class="actions"><button type="button" class="button" on:click=add><Icon name="plus"/>{t(k::directory::ADD_CERTIFICATE)}</button></p>
        </section>
    }
}

#[component]
fn CertificateForm(certificates: RwSignal<Vec<CertificateFields>>, certificate: CertificateFields, at: usize, form: Form) -> impl IntoView {
    let p = |field: &str| format!("/certificates/{at}/{field}");
    let name = move || {
        let kind = certificate.kind.get();
        if kind.is_empty() { t(k::directory::NEW_CERTIFICATE).to_owned() } else { code("certificate", &kind) }
    };
    let remove = move |_| certificates.update(|all| all.retain(|c| c.id.get_untracked() != certificate.id.get_untracked()));
    view! {
        <fieldset class="card"><legend class="legend card-legend">{name}</legend>
            <SelectField label=t(k::directory::CERTIFICATE) value=certificate.kind choices=codes::pairs(codes::certificates()) none=t(k::matching::CHOOSE) form pointer=p("kind")/>
            <div class="field-row">
                <TextField label=t(k::directory::ISSUER) value=certificate.issuer form pointer=p("issuer") optional=true maxlength=200/>
                <TextField label=t(k::directory::NUMBER) value=certificate.number form pointer=p("number") optional=true maxlength=100/>
                <TextField label=t(k::directory::EXPIRES) value=certificate.expires kind="date" form pointer=p("expires_on") optional=true/>
            </div>
            <button type="button" class="button small danger" on:click=remove>{t(k::directory::REMOVE_CERTIFICATE)}</button>
        </fieldset>
    }
}
