//! Source files and their lines.

use crate::index::IndexVec;
use crate::span::Span;
use std::borrow::Cow;
use std::sync::OnceLock;

crate::define_index! {
    /// A source file of this compilation.
    pub struct FileId = "file";
}

/// One source file: its name as shown to people, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name, relative to where the compiler was started; library files are `<stdlib>/…`.
    pub name: String,
    /// The text.
    pub text: Cow<'static, str>,
    /// Found when a place is first asked for: most files are never reported.
    line_starts: OnceLock<Vec<u32>>,
}

/// A place for people: both numbers start at 1; the column counts characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl SourceFile {
    /// The file `name` with this `text`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = Cow::Owned(text.into());
        Self { name: name.into(), text, line_starts: OnceLock::new() }
    }
    /// The file `name` with a text that is part of the compiler.
    pub fn embedded(name: impl Into<String>, text: &'static str) -> Self {
        Self { name: name.into(), text: Cow::Borrowed(text), line_starts: OnceLock::new() }
    }
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = self.text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
            let starts = ends.map(|(at, _)| {
                u32::try_from(at + 1).expect("a source file is smaller than 4 GiB: see limits")
            });
            std::iter::once(0).chain(starts).collect()
        })
    }
    /// The zero-based line that contains this byte.
    pub fn line_index(&self, byte: u32) -> usize {
        self.line_starts().partition_point(|start| *start <= byte).saturating_sub(1)
    }
    /// The first byte of this zero-based line.
    pub fn line_start(&self, line: usize) -> u32 {
        self.line_starts()[line]
    }
    /// The place of this byte.
    pub fn line_column(&self, byte: u32) -> LineColumn {
        let line = self.line_index(byte);
        let start = self.line_starts()[line] as usize;
        let end = (byte as usize).min(self.text.len());
        let column = self.text.get(start..end).map_or(end - start, |text| text.chars().count());
        LineColumn { line: line as u32 + 1, column: column as u32 + 1 }
    }
    /// The number of lines.
    pub fn line_count(&self) -> usize {
        self.line_starts().len()
    }
}

/// All files of a compilation: the library first, then the user's in the order given.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: IndexVec<FileId, SourceFile>,
}

impl SourceMap {
    /// A map without files.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds a file and returns its id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file)
    }
    /// The file with this id.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id]
    }
    /// The file with this id, or `None` for the id of a synthetic span.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id)
    }
    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter_enumerated()
    }
    /// The text under this span; empty for a synthetic one.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|file| file.text.get(span.lo as usize..span.hi as usize))
            .unwrap_or("")
    }
    /// File name, line and column of the span's start, or `None` for a synthetic span.
    pub fn place(&self, span: Span) -> Option<(&str, LineColumn)> {
        self.get(span.file).map(|file| (file.name.as_str(), file.line_column(span.lo)))
    }
}
