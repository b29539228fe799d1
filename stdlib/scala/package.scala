/** Names of other packages that every program sees without an import. */
package scala

/** The supertype of everything that can be matched; here that is everything. */
type Matchable = Any

export java.util.NoSuchElementException
export scala.annotation.{Annotation, StaticAnnotation}
export scala.collection.{+:, :+, BufferedIterator, Iterable, IterableOnce, Iterator}
export scala.collection.immutable.{::, IndexedSeq, LazyList, LinearSeq, List, Map, Nil, Range, Seq, Set, Stream, Vector}
export scala.collection.mutable.StringBuilder
export scala.math.{BigInt, Equiv, Fractional, Integral, Numeric, Ordered, Ordering, PartialOrdering}
export scala.util.{Either, Left, Right}
export scala.collection.immutable.LazyList.#::
