/** Annotations of the language. They hold nothing; the checker knows `tailrec`, `switch` and `main`. */
package scala.annotation

/** The root of all annotations. */
abstract class Annotation

/** An annotation that is kept in the source only. */
trait StaticAnnotation extends Annotation

/** An annotation on a type, constant in its arguments. */
trait ConstantAnnotation extends StaticAnnotation

/** The method must compile to a loop. */
final class tailrec extends StaticAnnotation

/** The match must compile to a jump table. */
final class switch extends StaticAnnotation

/** Silences warnings. */
final class nowarn(message: String = "") extends StaticAnnotation

/** Silences the warning about a name that is not used. */
final class unused extends StaticAnnotation

/** Another name for the compiled method. */
final class targetName(name: String) extends StaticAnnotation

/** The message when no given value of the type is found. */
final class implicitNotFound(message: String) extends StaticAnnotation

/** The message when several given values of the type are found. */
final class implicitAmbiguous(message: String) extends StaticAnnotation

/** An alphanumeric method that may stand between its operands. */
final class showAsInfix(enabled: Boolean = true) extends StaticAnnotation

/** A member that stays although it is not used here. */
final class experimental extends StaticAnnotation
