//! Diagnostics as plain data. Stages make them, the driver renders them.

use crate::codes::Code;
use crate::span::Span;

/// How grave a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The program is refused.
    Error,
    /// The program is accepted; something about it deserves a look.
    Warning,
}

/// What a label says about its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LabelRole {
    /// The place of the mistake; the diagnostic is sorted and counted by it.
    Primary,
    /// A place that explains the mistake.
    Secondary,
}

/// A remark at a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What there is to say about it; may be empty.
    pub text: String,
    /// Its role.
    pub role: LabelRole,
}

/// One finding: what is wrong, where, why, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The code, from the table in [`crate::codes`].
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// Places; the first primary one is where the diagnostic stands.
    pub labels: Vec<Label>,
    /// Facts.
    pub notes: Vec<String>,
    /// Actions.
    pub helps: Vec<String>,
}

impl Diagnostic {
    /// An error with a primary label at `span`.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }
    /// A warning with a primary label at `span`.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }
    fn new(severity: Severity, code: Code, span: Span, message: impl Into<String>) -> Self {
        let label = Label { span, text: String::new(), role: LabelRole::Primary };
        Self {
            code,
            severity,
            message: message.into(),
            labels: vec![label],
            notes: Vec::new(),
            helps: Vec::new(),
        }
    }
    /// Gives the primary label its text.
    pub fn because(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }
    /// Adds a secondary label.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), role: LabelRole::Secondary });
        self
    }
    /// Adds a fact.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }
    /// Adds an action.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(text.into());
        self
    }
    /// Where the diagnostic stands.
    pub fn span(&self) -> Span {
        self.labels[0].span
    }
    /// Whether the program is refused because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
