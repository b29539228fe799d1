//! Imports from `language`: switches of Scala. Most say that a program may use a feature, and each
//! has its fixed setting here; but what Scala does not know is a mistake.

use crate::checker::Checker;
use fscc_base::{Diagnostic, codes};
use fscc_syntax::ast::{self, ImportSelector};

/// What `language` has.
const SWITCHES: &[&str] = &[
    "adhocExtensions",
    "deprecated",
    "dynamics",
    "existentials",
    "experimental",
    "future",
    "future-migration",
    "higherKinds",
    "implicitConversions",
    "noAutoTupling",
    "postfixOps",
    "reflectiveCalls",
    "strictEquality",
    "unsafeNulls",
];

/// What `language.experimental` has.
const EXPERIMENTAL: &[&str] = &[
    "betterFors",
    "betterMatchTypeExtractors",
    "captureChecking",
    "clauseInterleaving",
    "erasedDefinitions",
    "fewerBraces",
    "genericNumberLiterals",
    "into",
    "macros",
    "modularity",
    "multiSpreads",
    "namedTuples",
    "namedTypeArguments",
    "packageObjectValues",
    "pureFunctions",
    "quotedPatternsWithPolymorphicFunctions",
    "relaxedExtensionImports",
    "relaxedLambdaSyntax",
    "safe",
    "saferExceptions",
    "separationChecking",
    "strictEqualityPatternMatching",
    "subCases",
];

/// The last minor version of Scala 3 that can be named; the next ones count as known.
const MINOR_VERSION_MAX: u32 = 12;

/// What `scala.languageFeature` has.
const FEATURES: &[&str] = &[
    "dynamics",
    "existentials",
    "experimental",
    "higherKinds",
    "implicitConversions",
    "postfixOps",
    "reflectiveCalls",
];

impl<'a> Checker<'a> {
    /// Checks an import whose path begins with `language` or `scala.language`; whether it is one.
    pub fn check_language_import(&mut self, clause: &'a ast::ImportClause) -> bool {
        let path: Vec<&str> = clause.path.iter().map(|part| part.as_str()).collect();
        let path = path.strip_prefix(&["_root_"]).unwrap_or(&path);
        let path = path.strip_prefix(&["scala"]).unwrap_or(path);
        let known: &dyn Fn(&str) -> bool = match path {
            ["language"] => &|name| SWITCHES.contains(&name) || is_version(name),
            ["language", "experimental"] => &|name| EXPERIMENTAL.contains(&name),
            ["language", "deprecated"] => &|name| name == "symbolLiterals",
            ["languageFeature"] => &|name| FEATURES.contains(&name),
            _ => return false,
        };
        for selector in &clause.selectors {
            let (ImportSelector::Name { name, .. } | ImportSelector::Hidden(name)) = selector
            else {
                continue;
            };
            if known(name.as_str()) {
                continue;
            }
            self.report(
                Diagnostic::error(
                    codes::NO_MEMBER,
                    name.span,
                    format!("`{}` has no member `{}`", path.join("."), name.name),
                )
                .help("correct the name, or remove the import"),
            );
        }
        true
    }
}

/// Whether it names a version of the source: `3.3`, `3.3-migration`.
fn is_version(name: &str) -> bool {
    if name == "2.13" {
        return true;
    }
    // There is no migration to 3.1.
    let version = name.strip_suffix("-migration").filter(|version| *version != "3.1");
    let minor = version.unwrap_or(name).strip_prefix("3.").and_then(|minor| minor.parse().ok());
    minor.is_some_and(|minor: u32| minor <= MINOR_VERSION_MAX)
}
