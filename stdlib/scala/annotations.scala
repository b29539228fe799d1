/** Annotations that are visible without an import. */
package scala

import scala.annotation.StaticAnnotation

/** Switches off a check of the annotated expression: `(x: @unchecked) match …`. */
final class unchecked extends StaticAnnotation

/** Marks a definition that should not be used any more. */
final class deprecated(message: String = "", since: String = "") extends StaticAnnotation

/** A hint to the inliner. */
final class inline extends StaticAnnotation

/** A hint to the inliner. */
final class noinline extends StaticAnnotation

/** An entry point of a program. */
final class main extends StaticAnnotation

/** A class that can be written to a stream; has no meaning here. */
final class transient extends StaticAnnotation

/** The exceptions of a method; has no meaning here. */
final class throws[T <: Throwable](cause: String = "") extends StaticAnnotation

/** The number of a class's version; has no meaning here. */
final class SerialVersionUID(value: Long) extends StaticAnnotation

/** A class is made for each of these types; has no meaning here. */
final class specialized extends StaticAnnotation
