//! The standard library: the Scala sources below `scala/` and `fvm/`, embedded as text.
//!
//! It relies on nothing. It guarantees that [`SOURCES`] lists every source file of the two folders once, in
//! ascending order of the names; a test compares the list with the folders.

/// Name (path below the library's folder) and text of every library source.
pub const SOURCES: &[(&str, &str)] = &[
    ("fvm/Address.scala", include_str!("../fvm/Address.scala")),
    ("fvm/Amount.scala", include_str!("../fvm/Amount.scala")),
    ("fvm/Bytes.scala", include_str!("../fvm/Bytes.scala")),
    ("fvm/Contract.scala", include_str!("../fvm/Contract.scala")),
    ("fvm/Int128.scala", include_str!("../fvm/Int128.scala")),
    ("fvm/UInt128.scala", include_str!("../fvm/UInt128.scala")),
    ("fvm/UInt256.scala", include_str!("../fvm/UInt256.scala")),
    ("fvm/effects.scala", include_str!("../fvm/effects.scala")),
    ("fvm/internal/AnyOps.scala", include_str!("../fvm/internal/AnyOps.scala")),
    ("fvm/internal/Arrays.scala", include_str!("../fvm/internal/Arrays.scala")),
    ("fvm/internal/Codec.scala", include_str!("../fvm/internal/Codec.scala")),
    ("fvm/internal/Collect.scala", include_str!("../fvm/internal/Collect.scala")),
    ("fvm/internal/Magnitudes.scala", include_str!("../fvm/internal/Magnitudes.scala")),
    ("fvm/internal/Regex.scala", include_str!("../fvm/internal/Regex.scala")),
    ("fvm/internal/Sorting.scala", include_str!("../fvm/internal/Sorting.scala")),
    ("fvm/internal/StringTools.scala", include_str!("../fvm/internal/StringTools.scala")),
    ("fvm/internal/Surroundings.scala", include_str!("../fvm/internal/Surroundings.scala")),
    ("fvm/internal/TextParsers.scala", include_str!("../fvm/internal/TextParsers.scala")),
    ("fvm/internal/TextUnits.scala", include_str!("../fvm/internal/TextUnits.scala")),
    ("fvm/internal/Transcendental.scala", include_str!("../fvm/internal/Transcendental.scala")),
    ("fvm/internal/Traps.scala", include_str!("../fvm/internal/Traps.scala")),
    ("fvm/internal/Varargs.scala", include_str!("../fvm/internal/Varargs.scala")),
    ("fvm/internal/Wide.scala", include_str!("../fvm/internal/Wide.scala")),
    ("fvm/internal/Worlds.scala", include_str!("../fvm/internal/Worlds.scala")),
    ("fvm/internal/codecs.scala", include_str!("../fvm/internal/codecs.scala")),
    ("fvm/internal/intrinsic.scala", include_str!("../fvm/internal/intrinsic.scala")),
    ("fvm/internal/records.scala", include_str!("../fvm/internal/records.scala")),
    ("fvm/testing/suite.scala", include_str!("../fvm/testing/suite.scala")),
    ("fvm/time.scala", include_str!("../fvm/time.scala")),
    ("scala/App.scala", include_str!("../scala/App.scala")),
    ("scala/Array.scala", include_str!("../scala/Array.scala")),
    ("scala/Boolean.scala", include_str!("../scala/Boolean.scala")),
    ("scala/Byte.scala", include_str!("../scala/Byte.scala")),
    ("scala/CanEqual.scala", include_str!("../scala/CanEqual.scala")),
    ("scala/Char.scala", include_str!("../scala/Char.scala")),
    ("scala/Console.scala", include_str!("../scala/Console.scala")),
    ("scala/Double.scala", include_str!("../scala/Double.scala")),
    ("scala/Float.scala", include_str!("../scala/Float.scala")),
    ("scala/Function.scala", include_str!("../scala/Function.scala")),
    ("scala/Int.scala", include_str!("../scala/Int.scala")),
    ("scala/Long.scala", include_str!("../scala/Long.scala")),
    ("scala/Option.scala", include_str!("../scala/Option.scala")),
    ("scala/PartialFunction.scala", include_str!("../scala/PartialFunction.scala")),
    ("scala/Predef.scala", include_str!("../scala/Predef.scala")),
    ("scala/Product.scala", include_str!("../scala/Product.scala")),
    ("scala/Short.scala", include_str!("../scala/Short.scala")),
    ("scala/StringContext.scala", include_str!("../scala/StringContext.scala")),
    ("scala/Tuple.scala", include_str!("../scala/Tuple.scala")),
    ("scala/Unit.scala", include_str!("../scala/Unit.scala")),
    ("scala/annotation/annotations.scala", include_str!("../scala/annotation/annotations.scala")),
    ("scala/annotation/unchecked.scala", include_str!("../scala/annotation/unchecked.scala")),
    ("scala/annotations.scala", include_str!("../scala/annotations.scala")),
    ("scala/collection/Iterable.scala", include_str!("../scala/collection/Iterable.scala")),
    ("scala/collection/IterableOnce.scala", include_str!("../scala/collection/IterableOnce.scala")),
    ("scala/collection/Iterator.scala", include_str!("../scala/collection/Iterator.scala")),
    ("scala/collection/Map.scala", include_str!("../scala/collection/Map.scala")),
    ("scala/collection/Seq.scala", include_str!("../scala/collection/Seq.scala")),
    ("scala/collection/Set.scala", include_str!("../scala/collection/Set.scala")),
    (
        "scala/collection/StringWithFilter.scala",
        include_str!("../scala/collection/StringWithFilter.scala"),
    ),
    ("scala/collection/View.scala", include_str!("../scala/collection/View.scala")),
    ("scala/collection/WithFilter.scala", include_str!("../scala/collection/WithFilter.scala")),
    (
        "scala/collection/combinatorics.scala",
        include_str!("../scala/collection/combinatorics.scala"),
    ),
    ("scala/collection/extractors.scala", include_str!("../scala/collection/extractors.scala")),
    (
        "scala/collection/immutable/ArraySeq.scala",
        include_str!("../scala/collection/immutable/ArraySeq.scala"),
    ),
    (
        "scala/collection/immutable/IndexedSeq.scala",
        include_str!("../scala/collection/immutable/IndexedSeq.scala"),
    ),
    (
        "scala/collection/immutable/LazyList.scala",
        include_str!("../scala/collection/immutable/LazyList.scala"),
    ),
    (
        "scala/collection/immutable/List.scala",
        include_str!("../scala/collection/immutable/List.scala"),
    ),
    (
        "scala/collection/immutable/Map.scala",
        include_str!("../scala/collection/immutable/Map.scala"),
    ),
    (
        "scala/collection/immutable/NumericRange.scala",
        include_str!("../scala/collection/immutable/NumericRange.scala"),
    ),
    (
        "scala/collection/immutable/Queue.scala",
        include_str!("../scala/collection/immutable/Queue.scala"),
    ),
    (
        "scala/collection/immutable/Range.scala",
        include_str!("../scala/collection/immutable/Range.scala"),
    ),
    (
        "scala/collection/immutable/Seq.scala",
        include_str!("../scala/collection/immutable/Seq.scala"),
    ),
    (
        "scala/collection/immutable/Set.scala",
        include_str!("../scala/collection/immutable/Set.scala"),
    ),
    (
        "scala/collection/immutable/Trie.scala",
        include_str!("../scala/collection/immutable/Trie.scala"),
    ),
    (
        "scala/collection/immutable/Vector.scala",
        include_str!("../scala/collection/immutable/Vector.scala"),
    ),
    ("scala/collection/iterators.scala", include_str!("../scala/collection/iterators.scala")),
    (
        "scala/collection/mutable/ArrayBuffer.scala",
        include_str!("../scala/collection/mutable/ArrayBuffer.scala"),
    ),
    (
        "scala/collection/mutable/ArrayDeque.scala",
        include_str!("../scala/collection/mutable/ArrayDeque.scala"),
    ),
    (
        "scala/collection/mutable/Buffer.scala",
        include_str!("../scala/collection/mutable/Buffer.scala"),
    ),
    (
        "scala/collection/mutable/Builder.scala",
        include_str!("../scala/collection/mutable/Builder.scala"),
    ),
    (
        "scala/collection/mutable/HashMap.scala",
        include_str!("../scala/collection/mutable/HashMap.scala"),
    ),
    (
        "scala/collection/mutable/Linked.scala",
        include_str!("../scala/collection/mutable/Linked.scala"),
    ),
    (
        "scala/collection/mutable/ListBuffer.scala",
        include_str!("../scala/collection/mutable/ListBuffer.scala"),
    ),
    ("scala/collection/mutable/Map.scala", include_str!("../scala/collection/mutable/Map.scala")),
    (
        "scala/collection/mutable/PriorityQueue.scala",
        include_str!("../scala/collection/mutable/PriorityQueue.scala"),
    ),
    ("scala/collection/mutable/Set.scala", include_str!("../scala/collection/mutable/Set.scala")),
    (
        "scala/collection/mutable/StringBuilder.scala",
        include_str!("../scala/collection/mutable/StringBuilder.scala"),
    ),
    ("scala/errors.scala", include_str!("../scala/errors.scala")),
    ("scala/java/lang/Character.scala", include_str!("../scala/java/lang/Character.scala")),
    ("scala/java/lang/Math.scala", include_str!("../scala/java/lang/Math.scala")),
    ("scala/java/lang/Number.scala", include_str!("../scala/java/lang/Number.scala")),
    ("scala/java/lang/String.scala", include_str!("../scala/java/lang/String.scala")),
    ("scala/java/lang/Throwable.scala", include_str!("../scala/java/lang/Throwable.scala")),
    ("scala/java/lang/errors.scala", include_str!("../scala/java/lang/errors.scala")),
    ("scala/java/lang/exceptions.scala", include_str!("../scala/java/lang/exceptions.scala")),
    ("scala/java/lang/interfaces.scala", include_str!("../scala/java/lang/interfaces.scala")),
    ("scala/java/lang/wrappers.scala", include_str!("../scala/java/lang/wrappers.scala")),
    ("scala/java/util/exceptions.scala", include_str!("../scala/java/util/exceptions.scala")),
    ("scala/math/BigInt.scala", include_str!("../scala/math/BigInt.scala")),
    ("scala/math/Numeric.scala", include_str!("../scala/math/Numeric.scala")),
    ("scala/math/Ordered.scala", include_str!("../scala/math/Ordered.scala")),
    ("scala/math/Ordering.scala", include_str!("../scala/math/Ordering.scala")),
    ("scala/math/functions.scala", include_str!("../scala/math/functions.scala")),
    ("scala/package.scala", include_str!("../scala/package.scala")),
    ("scala/reflect/ClassTag.scala", include_str!("../scala/reflect/ClassTag.scala")),
    ("scala/runtime/Statics.scala", include_str!("../scala/runtime/Statics.scala")),
    ("scala/subtype.scala", include_str!("../scala/subtype.scala")),
    ("scala/sys.scala", include_str!("../scala/sys.scala")),
    ("scala/util/Either.scala", include_str!("../scala/util/Either.scala")),
    ("scala/util/Try.scala", include_str!("../scala/util/Try.scala")),
    ("scala/util/chaining.scala", include_str!("../scala/util/chaining.scala")),
    ("scala/util/control/Breaks.scala", include_str!("../scala/util/control/Breaks.scala")),
    ("scala/util/control/NonFatal.scala", include_str!("../scala/util/control/NonFatal.scala")),
    (
        "scala/util/hashing/MurmurHash3.scala",
        include_str!("../scala/util/hashing/MurmurHash3.scala"),
    ),
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
