//! Repairs as data, where they need the text around a place, and their application.
//!
//! Stages that know a repair by spans alone attach it themselves. What depends on the text (where a
//! keyword begins, how far blanks reach, how deep a line is indented) is added here, from the code
//! and the place of a finding. **Guarantee:** edits lie in the file of the finding, on character
//! boundaries; [`apply`] never applies two edits that touch.

use crate::compilation::{Checked, Sources, check};
use fscc_base::codes::{self, Code};
use fscc_base::{Applicability, Diagnostic, Edit, FileId, Fix, LabelRole, SourceMap, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Adds the repairs that need the text, and indents what inserts lines.
pub fn complete(diagnostics: &mut [Diagnostic], map: &SourceMap) {
    for diagnostic in diagnostics {
        let span = diagnostic.span();
        let Some(file) = map.get(span.file) else { continue };
        let place = Place { text: &file.text, span };
        if let Some(fix) = place.fix(diagnostic.code, diagnostic) {
            diagnostic.fixes.push(fix);
        }
        for edit in diagnostic.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            if edit.text.contains('\n')
                && let Some(file) = map.get(edit.span.file)
            {
                let blanks = indentation(&file.text, edit.span.lo as usize);
                edit.text = edit.text.replace('\n', &format!("\n{blanks}"));
            }
        }
    }
}

/// The blanks at the beginning of the line of this byte.
fn indentation(text: &str, at: usize) -> String {
    let start = text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |end| end + 1);
    text[start..].chars().take_while(|c| matches!(c, ' ' | '\t')).collect()
}

/// A finding's place in its text.
struct Place<'a> {
    text: &'a str,
    span: Span,
}

impl Place<'_> {
    fn fix(&self, code: Code, diagnostic: &Diagnostic) -> Option<Fix> {
        use Applicability::{HasPlaceholders, Likely, Safe};
        let under = self.text.get(self.span.lo as usize..self.span.hi as usize)?;
        Some(match code {
            codes::MISSING_PARENS => Fix::replace(Safe, "add `()`", self.span.end(), "()"),
            codes::MISSING_OVERRIDE => {
                Fix::replace(Safe, "add `override`", self.definition()?.start(), "override ")
            }
            codes::NOT_ASSIGNABLE => {
                let reason = diagnostic.labels.iter().find(|l| l.role == LabelRole::Reason)?;
                let keyword = self.keyword_before(reason.span, "val")?;
                Fix::replace(Likely, "make it a `var`", keyword, "var")
            }
            codes::PROCEDURE_SYNTAX => {
                // The place is the body, which may begin behind its brace.
                let before = self.before(self.span.lo).trim_end();
                let (head, end) = match before.strip_suffix('{') {
                    Some(head) => (head.trim_end(), before.len() - 1),
                    None => (before, self.span.lo as usize),
                };
                let line = &head[head.rfind('\n').map_or(0, |end| end + 1)..];
                let is_constructor = line.contains("def this");
                let (title, text) = match is_constructor {
                    true => ("add `=`", " = "),
                    false => ("add `: Unit =`", ": Unit = "),
                };
                Fix::replace(Safe, title, self.within(head.len(), end), text)
            }
            codes::SCALA2_LAMBDA => {
                let title = "put the parameter into parentheses";
                Fix::replace(Safe, title, self.span.start(), "(").and(self.span.end(), ")")
            }
            codes::SYMBOL_LITERAL => {
                let name = under.strip_prefix('\'')?;
                Fix::replace(Likely, "write a string", self.span, format!("\"{name}\""))
            }
            codes::UNINITIALISED => {
                Fix::replace(HasPlaceholders, "write a first value", self.span, "???")
            }
            codes::COINS_LOST => self.bounce_handler(under)?,
            _ => return None,
        })
    }

    fn before(&self, at: u32) -> &str {
        self.text.get(..at as usize).unwrap_or_default()
    }

    fn within(&self, lo: usize, hi: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.span.file, offset(lo), offset(hi))
    }

    /// The keyword that stands directly before what is named at `name`.
    fn keyword_before(&self, name: Span, keyword: &str) -> Option<Span> {
        let head = self.before(name.lo).trim_end();
        let start = head.strip_suffix(keyword)?.len();
        let is_word = self.text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        (name.file == self.span.file && !is_word).then(|| self.within(start, head.len()))
    }

    /// The keyword of the definition whose name stands at the finding.
    fn definition(&self) -> Option<Span> {
        let keywords = ["def", "val", "var", "type", "given"];
        keywords.iter().find_map(|keyword| self.keyword_before(self.span, keyword))
    }

    /// `bounced = _ => ()`: a handler to fill in, before the method around.
    fn bounce_handler(&self, under: &str) -> Option<Fix> {
        under.contains("=>").then_some(())?;
        let mut line_start = self.before(self.span.lo).rfind('\n')? + 1;
        let is_head = |line: &str| {
            let line = line.trim_start();
            line.starts_with("def ") || (line.starts_with(['@', 'p']) && line.contains(" def "))
        };
        loop {
            let line = self.text[line_start..].lines().next().unwrap_or_default();
            if is_head(line) {
                break;
            }
            line_start = self.before(u32::try_from(line_start).ok()? - 1).rfind('\n')? + 1;
        }
        // Annotations and comments belong to the method.
        while line_start > 0 {
            let previous = self.text[..line_start - 1].rfind('\n').map_or(0, |end| end + 1);
            let line = self.text[previous..line_start - 1].trim_start();
            if !line.starts_with('@') && !line.starts_with("//") {
                break;
            }
            line_start = previous;
        }
        let at = line_start + indentation(self.text, line_start).len();
        let handler = "@handler\nprivate def returned(bounce: Bounce): Unit can Write = ???\n\n";
        let fix = Fix::replace(
            Applicability::HasPlaceholders,
            "add a handler that takes the coins back",
            self.within(at, at),
            handler,
        );
        Some(fix.and(self.span, "returned(_)"))
    }
}

/// What applying fixes did.
#[derive(Debug)]
pub struct Applied {
    /// The new text of every file that changed.
    pub texts: BTreeMap<FileId, String>,
    /// How many fixes were applied.
    pub count: usize,
}

/// Applies the first fix of every finding that has one of at most this applicability, except where
/// two would touch: then the one that stands first.
pub fn apply(diagnostics: &[Diagnostic], map: &SourceMap, most: Applicability) -> Applied {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for diagnostic in diagnostics {
        let Some(fix) = diagnostic.fixes.iter().find(|fix| fix.applicability <= most) else {
            continue;
        };
        let touches = |edit: &Edit| {
            let meets = |other: &&Edit| {
                other.span.file == edit.span.file
                    && other.span.lo <= edit.span.hi
                    && edit.span.lo <= other.span.hi
            };
            taken.iter().any(meets)
        };
        if fix.edits.iter().any(touches) {
            continue;
        }
        taken.extend(&fix.edits);
        count += 1;
    }
    // From the end, so that earlier places stay where they are.
    taken.sort_by_key(|edit| (edit.span.file, std::cmp::Reverse(edit.span.lo)));
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    for edit in taken {
        let Some(file) = map.get(edit.span.file) else { continue };
        let text = texts.entry(edit.span.file).or_insert_with(|| file.text.to_string());
        let range = edit.span.lo as usize..edit.span.hi as usize;
        if text.get(range.clone()).is_some() {
            text.replace_range(range, &edit.text);
        }
    }
    Applied { texts, count }
}

/// Rounds of applying fixes: a fix may uncover another mistake.
const ROUNDS_MAX: usize = 20;

/// A unit after its repair.
#[derive(Debug)]
pub struct Repaired {
    /// The repaired sources, checked.
    pub checked: Checked,
    /// The files that changed.
    pub changed: BTreeSet<FileId>,
    /// How many fixes were applied.
    pub count: usize,
}

/// Checks, and applies fixes of at most this applicability to the user's files until there are
/// none.
pub fn repair(sources: Sources, most: Applicability) -> Repaired {
    let (mut changed, mut count) = (BTreeSet::new(), 0);
    let mut checked = check(sources);
    for _ in 0..ROUNDS_MAX {
        let mut applied = apply(&checked.diagnostics, &checked.sources.map, most);
        applied.texts.retain(|id, _| checked.sources.user.contains(id));
        if applied.texts.is_empty() {
            break;
        }
        count += applied.count;
        changed.extend(applied.texts.keys().copied());
        checked = check(checked.sources.replaced(&applied.texts));
    }
    Repaired { checked, changed, count }
}
