//! `@allow("name", …)` and Scala's `@nowarn`: which warnings are not wanted in which definitions.
//!
//! Annotations are read when everything is declared; warnings of all stages are taken out at the
//! end, by [`Allowances::apply`].

use crate::checker::Checker;
use crate::report::{DISTANCE_MAX, distance};
use crate::symbols::ClassId;
use fscc_base::codes::{self, Code, TABLE};
use fscc_base::{Diagnostic, Span};
use fscc_syntax::ast;

/// One warning that is allowed in one definition.
#[derive(Debug)]
struct Allowance {
    /// The definition.
    within: Span,
    /// The warning; all of them for `@nowarn`.
    code: Option<Code>,
    /// Where it is written.
    written: Span,
}

/// The warnings that a program allows.
#[derive(Default, Debug)]
pub struct Allowances(Vec<Allowance>);

impl Allowances {
    /// Takes out the warnings that are allowed where they stand. If all stages have run, reports
    /// what is allowed in vain.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        let mut used = vec![false; self.0.len()];
        diagnostics.retain(|diagnostic| {
            let mut is_allowed = false;
            for (number, allowance) in self.0.iter().enumerate() {
                if allowance.covers(diagnostic) {
                    (used[number], is_allowed) = (true, true);
                }
            }
            !is_allowed
        });
        if diagnostics.iter().any(Diagnostic::is_error) {
            return;
        }
        for (allowance, _) in self.0.iter().zip(used).filter(|(_, used)| !used) {
            let Some(code) = allowance.code else { continue };
            let message = format!("`{}` does not occur here", code.row().slug());
            diagnostics.push(
                Diagnostic::warning(codes::UNUSED_ALLOW, allowance.written, message)
                    .because("allowed in vain")
                    .help("remove it"),
            );
        }
    }
}

impl Allowance {
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.code.is_lint()
            && self.code.is_none_or(|code| code == diagnostic.code)
            && self.within.contains(diagnostic.span())
    }
}

impl<'a> Checker<'a> {
    /// Reads an annotation of this class, if it allows something.
    pub fn note_allowed(&mut self, class: ClassId, annotation: &'a ast::Annotation) {
        let args = annotation.args.iter().flat_map(|list| &list.args);
        let (within, written) = (annotation.target, annotation.span);
        if self.known.class("scala.annotation.nowarn") == Some(class) {
            // With a filter it speaks of messages of another compiler.
            if args.count() == 0 {
                self.allowances.0.push(Allowance { within, code: None, written });
            }
            return;
        }
        if self.known.class("fvm.allow") != Some(class) {
            return;
        }
        for arg in args {
            let written = arg.value.span;
            let name = match &arg.value.kind {
                ast::ExprKind::Literal(ast::Literal::String(text)) => text.to_string(),
                _ => String::new(),
            };
            match Code::of_slug(&name).or_else(|| Code::lookup(&name)).filter(|code| code.is_lint())
            {
                Some(code) => {
                    self.allowances.0.push(Allowance { within, code: Some(code), written });
                }
                None => self.unknown_lint(&name, written),
            }
        }
    }

    fn unknown_lint(&mut self, name: &str, span: Span) {
        let message = match name {
            "" => "`@allow` takes the names of warnings as texts".to_owned(),
            _ => format!("there is no warning `{name}`"),
        };
        let diagnostic = Diagnostic::error(codes::UNKNOWN_LINT, span, message)
            .because("no name or code of a warning");
        let lints = TABLE.iter().filter(|row| row.code.is_lint()).map(|row| row.slug());
        let apart = lints.filter_map(|lint| Some((distance(name, &lint, DISTANCE_MAX)?, lint)));
        let diagnostic = match apart.min() {
            Some((_, lint)) => diagnostic.help(format!("did you mean `{lint}`?")),
            None => diagnostic.help("`fscc explain --list` prints all names"),
        };
        self.report(diagnostic);
    }
}
