//! The standard library: the Scala sources below `scala/` and `fvm/`, embedded as text.
//!
//! It relies on nothing. It guarantees that [`SOURCES`] lists every source file of the two folders once, in
//! ascending order of the names; a test compares the list with the folders.

/// Name (path below the library's folder) and text of every library source.
pub const SOURCES: &[(&str, &str)] = &[
    ("fvm/internal/AnyOps.scala", include_str!("../fvm/internal/AnyOps.scala")),
    ("fvm/internal/StringTools.scala", include_str!("../fvm/internal/StringTools.scala")),
    ("fvm/internal/TextParsers.scala", include_str!("../fvm/internal/TextParsers.scala")),
    ("fvm/internal/intrinsic.scala", include_str!("../fvm/internal/intrinsic.scala")),
    ("scala/Boolean.scala", include_str!("../scala/Boolean.scala")),
    ("scala/Byte.scala", include_str!("../scala/Byte.scala")),
    ("scala/Char.scala", include_str!("../scala/Char.scala")),
    ("scala/Double.scala", include_str!("../scala/Double.scala")),
    ("scala/Float.scala", include_str!("../scala/Float.scala")),
    ("scala/Function.scala", include_str!("../scala/Function.scala")),
    ("scala/Int.scala", include_str!("../scala/Int.scala")),
    ("scala/Long.scala", include_str!("../scala/Long.scala")),
    ("scala/PartialFunction.scala", include_str!("../scala/PartialFunction.scala")),
    ("scala/Predef.scala", include_str!("../scala/Predef.scala")),
    ("scala/Product.scala", include_str!("../scala/Product.scala")),
    ("scala/Short.scala", include_str!("../scala/Short.scala")),
    ("scala/Tuple.scala", include_str!("../scala/Tuple.scala")),
    ("scala/Unit.scala", include_str!("../scala/Unit.scala")),
    ("scala/annotation/annotations.scala", include_str!("../scala/annotation/annotations.scala")),
    ("scala/annotations.scala", include_str!("../scala/annotations.scala")),
    ("scala/errors.scala", include_str!("../scala/errors.scala")),
    ("scala/java/lang/Character.scala", include_str!("../scala/java/lang/Character.scala")),
    ("scala/java/lang/Math.scala", include_str!("../scala/java/lang/Math.scala")),
    ("scala/java/lang/String.scala", include_str!("../scala/java/lang/String.scala")),
    ("scala/java/lang/Throwable.scala", include_str!("../scala/java/lang/Throwable.scala")),
    ("scala/java/lang/errors.scala", include_str!("../scala/java/lang/errors.scala")),
    ("scala/java/lang/exceptions.scala", include_str!("../scala/java/lang/exceptions.scala")),
    ("scala/java/lang/interfaces.scala", include_str!("../scala/java/lang/interfaces.scala")),
    ("scala/java/lang/wrappers.scala", include_str!("../scala/java/lang/wrappers.scala")),
    ("scala/java/util/exceptions.scala", include_str!("../scala/java/util/exceptions.scala")),
    ("scala/subtype.scala", include_str!("../scala/subtype.scala")),
];

#[cfg(test)]
mod tests {
    use super::SOURCES;
    use std::path::Path;

    fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("the folder can be read") {
            let entry = entry.expect("the entry can be read");
            let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                collect(&entry.path(), &name, names);
            } else if name.ends_with(".scala") {
                names.push(name);
            }
        }
    }

    #[test]
    fn the_list_equals_the_folders() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut names = Vec::new();
        for top in ["fvm", "scala"] {
            collect(&root.join(top), top, &mut names);
        }
        names.sort();
        let listed: Vec<String> = SOURCES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(listed, names);
    }
}
