/** Annotations that switch off a check of the type checker. */
package scala.annotation.unchecked

import scala.annotation.StaticAnnotation

/** The annotated type may stand where its type parameters' variance forbids it. */
final class uncheckedVariance extends StaticAnnotation
