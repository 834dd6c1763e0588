//! Numbers of people where no rule of the law looks: on papers, in wordings of one's
//! own, in names of files. All is told by `check`, before anything is made of it.

use super::Folder;
use crate::archive;
use crate::compose::Options;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::election::phones::Phones;

impl Folder {
    /// What is to be said of them, where the judges have said `told`.
    pub(super) fn about_numbers(&self, told: &Report) -> Report {
        let mut report = Report::new();
        // Papers are composed only where a number may come into them.
        if told.iter().any(|finding| finding.code == "personal-number") {
            self.compose(&Options::default(), &mut report);
            report.retain(|finding| finding.code == "personal-data");
        }
        report.extend(self.in_templates());
        report.extend(archive::about_settings(&self.dossier));
        report.append(archive::about_names(&self.dossier));
        report
    }

    /// What replaces what is built in is printed on any paper.
    fn in_templates(&self) -> Vec<Diagnostic> {
        let phones = Phones::of(&self.dossier.election);
        let own = self.kit.assets().iter().filter(|(_, asset)| asset.is_own);
        let public = own.filter(|(_, asset)| !self.kit.wordings.is_internal(&asset.source));
        let told = public.flat_map(|(_, asset)| {
            let source = &asset.source;
            phones
                .others(&source.text)
                .map(move |(range, shape)| {
                    let message = format!("这里有像{}的内容，会印在公开的文件上。", shape.name());
                    Diagnostic::error("personal-data", message)
                        .at(Place::Text(source.clone(), range))
                        .help("请删去；办公电话写进选举说明的“公开电话”。")
                })
                .collect::<Vec<_>>()
        });
        told.collect()
    }
}
