//! The depth pass: refuses what would make a tree too deep, before the tree is built, so that no
//! recursive walk (nor the tree's destructor) can overflow the stack.
//!
//! Two limits: levels of brackets, where indentation counts as braces; and tokens on the way from
//! the root, which bounds chains that no bracket shows. A node of the tree consumes at least one
//! token on the level where it hangs, so the second limit bounds the depth of the tree.

use crate::token::{Token, TokenKind as K};
use fscc_base::limits::{NESTING_DEPTH_MAX, TREE_DEPTH_MAX};
use fscc_base::{Diagnostic, FileId, Span, codes};

/// A bracket level.
struct Level {
    /// Whether newline tokens separate statements on it.
    braces: bool,
    /// Tokens since the last separator, plus `kept`.
    count: usize,
    /// What no separator resets: a block that ends in a lambda goes on inside that lambda.
    kept: usize,
    /// Whether the statement so far can only be a definition, whose arrows are no block lambdas.
    definition: bool,
}

impl Level {
    fn new(braces: bool) -> Self {
        Self { braces, count: 0, kept: 0, definition: false }
    }
}

/// The error, if `tokens` (one statement of a file) would make a tree that is too deep.
pub fn check(file: FileId, tokens: &[Token]) -> Option<Diagnostic> {
    let mut levels = vec![Level::new(true)];
    let mut total = 0;
    let mut previous = K::Newline;
    for token in tokens {
        let level = levels.last_mut()?;
        let before = level.count;
        match token.kind {
            kind if kind.is_closer() => {
                total -= before;
                levels.pop();
                previous = kind;
                continue;
            }
            K::Newline | K::Comma => {
                level.count = level.kept;
                level.definition = false;
            }
            K::Case if level.braces && previous != K::Catch => {
                level.count = 0;
                level.kept = 0;
                level.definition = false;
            }
            K::Arrow | K::ContextArrow => {
                level.count += 2;
                if level.braces && !level.definition {
                    level.kept += 2;
                }
            }
            kind => {
                level.count += 1;
                level.definition |= matches!(
                    kind,
                    K::Def
                        | K::Val
                        | K::Var
                        | K::Type
                        | K::Class
                        | K::Trait
                        | K::Object
                        | K::GivenNamed
                        | K::GivenAnonymous
                        | K::Extension
                        | K::Equals
                        | K::SelfName
                );
            }
        }
        total = total + level.count - before;
        let nested = token.kind.is_opener();
        if nested {
            let braces = matches!(token.kind, K::LBrace | K::InterpolationBrace);
            levels.push(Level::new(braces));
        }
        previous = token.kind;
        let span = Span::new(file, token.lo, token.hi);
        if levels.len() - 1 > NESTING_DEPTH_MAX {
            return Some(too_deep(span, "brackets and blocks", NESTING));
        }
        if total > TREE_DEPTH_MAX {
            return Some(too_deep(span, "this statement", TREE));
        }
    }
    None
}

/// A limit with its unit and name.
type Limit = (usize, &'static str, &'static str);

const NESTING: Limit = (NESTING_DEPTH_MAX, "levels", "NESTING_DEPTH_MAX");
const TREE: Limit = (TREE_DEPTH_MAX, "tokens", "TREE_DEPTH_MAX");

fn too_deep(span: Span, what: &str, (limit, unit, name): Limit) -> Diagnostic {
    let message = format!("{what}: nested deeper than {limit} {unit}");
    Diagnostic::error(codes::NESTING_LIMIT, span, message)
        .because(format!("the limit {name} is crossed here"))
        .help("give inner parts names of their own")
}
