//! Doing what messages propose.

use super::Editor;
use crate::diagnostic::{Diagnostic, Place, Report};
use crate::election::ELECTION_FILE;

/// One remedy that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The line of the file as it was, counted from 1.
    pub line: usize,
    pub old: String,
    pub new: String,
}

/// Carries out in `election.yaml` all that findings propose, and writes it: what
/// changes another key than the one it is about is left.
///
/// # Errors
/// A file that cannot be read again or written; it is as it was then.
pub fn mend(report: &Report) -> Result<Vec<Mended>, Diagnostic> {
    let proposed = |finding: &Diagnostic| match &finding.place {
        Some(Place::Text(source, _)) if source.path.ends_with(ELECTION_FILE) => {
            Some((source.clone(), finding.remedy.clone()?))
        }
        _ => None,
    };
    let mut remedies: Vec<_> = report.iter().filter_map(proposed).collect();
    // From the end of the file to its beginning: so each still finds its place.
    remedies.sort_by_key(|(_, remedy)| std::cmp::Reverse(remedy.range.start));
    let Some((source, _)) = remedies.first() else { return Ok(Vec::new()) };
    let mut editor = Editor::new(source.clone())?;
    let mut mended = Vec::new();
    for (source, remedy) in &remedies {
        if editor.mend(remedy).is_ok() {
            mended.push(Mended {
                line: source.line(remedy.range.start),
                old: source.text.get(remedy.range.clone()).unwrap_or_default().to_owned(),
                new: remedy.text.split_whitespace().collect::<Vec<_>>().join(" "),
            });
        }
    }
    if !mended.is_empty() {
        editor.save()?;
    }
    mended.reverse();
    Ok(mended)
}
