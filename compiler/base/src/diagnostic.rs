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
    /// What set the expectation: an annotation, a parameter, an earlier branch or definition.
    Reason,
    /// Another place that belongs to the story: a step of an effect's way, a second definition.
    Where,
}

impl LabelRole {
    /// The role as machines read it.
    pub fn as_str(self) -> &'static str {
        match self {
            LabelRole::Primary => "primary",
            LabelRole::Reason => "reason",
            LabelRole::Where => "where",
        }
    }
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

/// How surely a fix is what the author wants.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Applicability {
    /// It means what the author meant, and it compiles: `fscc check --fix` applies it.
    Safe,
    /// It is a good guess and compiles: `--allow-likely` applies it.
    Likely,
    /// It holds `???` or names to fill in; an editor may insert it, `--fix` never does.
    HasPlaceholders,
}

impl Applicability {
    /// The applicability as machines read it.
    pub fn as_str(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Likely => "likely",
            Applicability::HasPlaceholders => "has-placeholders",
        }
    }
}

/// A replacement of the text under a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A repair as data: all edits together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does, as an instruction.
    pub title: String,
    /// How sure it is.
    pub applicability: Applicability,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that replaces what stands under one span.
    pub fn replace(
        applicability: Applicability,
        title: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Fix {
        let edits = vec![Edit { span, text: text.into() }];
        Fix { title: title.into(), applicability, edits }
    }
    /// The same fix with one more edit.
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Fix {
        self.edits.push(Edit { span, text: text.into() });
        self
    }
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
    /// Repairs as data, the best one first.
    pub fixes: Vec<Fix>,
    /// The way of an effect from the method that is checked to what causes it; empty elsewhere.
    pub effect_path: Vec<Label>,
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
        let label = Label { span, text: code.label().to_owned(), role: LabelRole::Primary };
        Self {
            code,
            severity,
            message: message.into(),
            labels: vec![label],
            notes: Vec::new(),
            helps: Vec::new(),
            fixes: Vec::new(),
            effect_path: Vec::new(),
        }
    }
    /// Gives the primary label its text.
    pub fn because(mut self, text: impl Into<String>) -> Self {
        self.labels[0].text = text.into();
        self
    }
    /// Adds a label for what set the expectation.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), role: LabelRole::Reason });
        self
    }
    /// Adds a label for another place that belongs to the story.
    pub fn place(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), role: LabelRole::Where });
        self
    }
    /// Adds a repair.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
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
