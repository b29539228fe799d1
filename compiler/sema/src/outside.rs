//! Names of Scala's library that ours leaves out: what is correct Scala is told from what is a
//! misspelt name. The tables are asked only where a name was not found.

use crate::checker::Checker;
use crate::scope::{ImportBase, ImportId, ScopeId, ScopeKind};
use crate::symbols::ClassId;
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

/// Members of Scala's classes.
const MEMBERS: &[&str] = &[
    "format",
    "formatted",
    "formatLocal",
    "to",
    "nn",
    "par",
    "synchronized",
    "wait",
    "notify",
    "notifyAll",
    "clone",
    "finalize",
    "getBytes",
    "augmentString",
    "stringPrefix",
    "newBuilder",
    "mapInPlace",
    "filterInPlace",
    "transform",
    "intern",
    "emptyByteArray",
    "emptyIntArray",
    "getStackTrace",
    "printStackTrace",
    "productElementNames",
    "productElementName",
    "->",
    "runtimeClass",
    "chars",
    "codePoints",
    "companion",
    "lines",
    "lazyZip",
];

/// Members of tuples of unknown length.
pub(crate) const TUPLE_MEMBERS: &[&str] = &[
    "head", "tail", "init", "last", "map", "size", "toList", "toArray", "apply", "drop", "take",
    "zip", "++", "splitAt", "reverse", "*:", ":*", "toIArray", "concat",
];

/// What programs see without an import.
const NAMES: &[&str] = &[
    "Symbol",
    "IArray",
    "EmptyTuple",
    "NonEmptyTuple",
    "Thread",
    "Runtime",
    "System",
    "Class",
    "ClassLoader",
    "Process",
    "ThreadLocal",
    "StringBuffer",
    "BigDecimal",
    "Selectable",
    "Dynamic",
    "Mirror",
    "PolyFunction",
    "Cloneable",
    "Record",
    "Void",
    "ProcessBuilder",
    "InheritableThreadLocal",
    "Package",
    "StackTraceElement",
    "SecurityManager",
    "valueOf",
    "readLine",
    "readInt",
    "synchronized",
    "wait",
    "notify",
    "notifyAll",
    "DelayedInit",
    "deprecatedInheritance",
    "native",
    "volatile",
    "elidable",
    "caps",
    "Proxy",
    "compiletime",
    "*:",
    "Manifest",
    "Enum",
    "Random",
    "quoted",
    "language",
    "Enumeration",
    "Integer",
    "Character",
];

/// What `import p.*` brings in, by package.
const PACKAGES: &[(&str, &[&str])] = &[
    ("scala", &["Selectable", "Enumeration", "Dynamic"]),
    (
        "scala.collection",
        &[
            "AbstractIterable",
            "AbstractMap",
            "AbstractMapView",
            "AbstractSeq",
            "AbstractSeqView",
            "AbstractSet",
            "AbstractView",
            "ArrayOps",
            "BuildFrom",
            "Factory",
            "IndexedSeqOps",
            "IndexedSeqView",
            "IterableFactory",
            "IterableOps",
            "JavaConverters",
            "LinearSeqOps",
            "MapFactory",
            "MapOps",
            "Searching",
            "SeqMap",
            "SeqOps",
            "SeqView",
            "SetOps",
            "SortedMap",
            "SortedOps",
            "SortedSet",
            "SortedSetOps",
            "Stepper",
            "StrictOptimizedIterableOps",
            "StrictOptimizedSeqOps",
            "StringView",
        ],
    ),
    (
        "scala.collection.immutable",
        &[
            "AbstractMap",
            "AbstractSeq",
            "AbstractSet",
            "IndexedSeqOps",
            "IntMap",
            "LinearSeqOps",
            "ListSet",
            "LongMap",
            "MapOps",
            "SeqMap",
            "SeqOps",
            "SetOps",
            "StrictOptimizedSeqOps",
            "TreeSeqMap",
            "VectorMap",
        ],
    ),
    (
        "scala.collection.mutable",
        &[
            "AbstractBuffer",
            "AbstractIterable",
            "AbstractMap",
            "AbstractSeq",
            "AbstractSet",
            "AnyRefMap",
            "ArrayBuilder",
            "ArraySeq",
            "Clearable",
            "Cloneable",
            "CollisionProofHashMap",
            "GrowableBuilder",
            "ImmutableBuilder",
            "IndexedBuffer",
            "LinearSeq",
            "LongMap",
            "MultiMap",
            "OpenHashMap",
            "ReusableBuilder",
            "SeqMap",
            "SeqOps",
            "UnrolledBuffer",
            "WeakHashMap",
        ],
    ),
    (
        "scala.math",
        &[
            "BigDecimal",
            "PartiallyOrdered",
            "ScalaNumericAnyConversions",
            "ScalaNumericConversions",
        ],
    ),
    (
        "scala.util",
        &[
            "CommandLineParser",
            "DynamicVariable",
            "FromDigits",
            "Properties",
            "Random",
            "Sorting",
            "TupledFunction",
            "Using",
        ],
    ),
];

/// Families that are numbered by their size.
const FAMILIES: &[&str] = &["Function", "Tuple", "Product", "ContextFunction"];

impl<'a> Checker<'a> {
    /// Whether Scala would find this name at a place where ours is not found.
    pub fn is_left_out(&mut self, name: Name, scope: ScopeId) -> bool {
        let text = name.as_str();
        let is_numbered = |family: &&str| {
            text.strip_prefix(*family).is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
            })
        };
        NAMES.contains(&text)
            || FAMILIES.iter().any(is_numbered)
            || self.is_left_out_of_import(text, scope)
    }

    /// Whether an `import p.*` around would bring the name in.
    fn is_left_out_of_import(&mut self, name: &str, scope: ScopeId) -> bool {
        let of =
            |(package, names): &(&'static str, &[&str])| names.contains(&name).then_some(*package);
        let packages: Vec<&str> = PACKAGES.iter().filter_map(of).collect();
        let mut next = if packages.is_empty() { None } else { Some(scope) };
        while let Some(scope) = next {
            next = self.scopes[scope].parent;
            let ScopeKind::Import(import) = self.scopes[scope].kind else { continue };
            let is_wildcard = |selector: &ast::ImportSelector| {
                matches!(selector, ast::ImportSelector::Wildcard(_))
            };
            if self.imports[import].clause.selectors.iter().any(is_wildcard)
                && let ImportBase::Package(package) = self.import_base(import)
                && packages.contains(&self.packages[package].full_name.as_str())
            {
                return true;
            }
        }
        false
    }

    /// Whether an import of the user's is an `import p.*` that would bring the name in.
    pub fn leaves_out(&mut self, import: ImportId, name: Name) -> bool {
        let clause = self.imports[import].clause;
        let is_wildcard =
            |selector: &ast::ImportSelector| matches!(selector, ast::ImportSelector::Wildcard(_));
        let is_wide =
            clause.selectors.iter().any(is_wildcard) && self.user_files.contains(&clause.span.file);
        let base = if is_wide { self.import_base(import) } else { ImportBase::None };
        let ImportBase::Package(package) = base else { return false };
        let package = self.packages[package].full_name.as_str();
        let names = PACKAGES.iter().find(|(known, _)| *known == package);
        names.is_some_and(|(_, names)| names.contains(&name.as_str()))
    }

    /// The same for a member of a class.
    pub fn is_member_outside(&self, class: ClassId, name: Name) -> bool {
        MEMBERS.contains(&name.as_str())
            || self.known.tuple_arity(class).is_some() && TUPLE_MEMBERS.contains(&name.as_str())
    }

    /// A name of Scala's or Java's library that ours does not have.
    pub fn outside_library(&mut self, name: &str, span: Span) {
        let message = format!("`{name}` is not part of this library");
        let report = Diagnostic::error(codes::NOT_IN_LIBRARY, span, message);
        if matches!(name, "Enumeration" | "scala.Enumeration") {
            // What the body takes from it is not reported once more.
            self.missing.insert(Name::new("Value"));
            self.report(
                report
                    .because("its values are numbered while the program runs")
                    .note("Scala 3 has enums in its place")
                    .help("write an enum: `enum Color { case Red, Green }`"),
            );
            return;
        }
        self.report(
            report
                .note("threads, files, clocks, random numbers and Java classes are left out")
                .help("see the library's index for what takes its place"),
        );
    }
}
