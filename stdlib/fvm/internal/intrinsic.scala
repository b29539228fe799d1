/** The annotation by which library code names an operation of the machine or a host function. */
package fvm.internal

import scala.annotation.StaticAnnotation

/** The annotated method has no body: calling it is the operation `name` of the SSA table, or the host function of
  * that name. The receiver (unless it is an object) and the parameters are the operands in order.
  */
final class intrinsic(name: String) extends StaticAnnotation
