/** `NonFatal`: the exceptions that a program may handle. */
package scala.util.control

object NonFatal {
  /** Whether it is no failure of the machine itself. */
  def apply(e: Throwable): Boolean = e match {
    case _: VirtualMachineError => false
    case _: LinkageError => false
    case _: InterruptedException => false
    case _ => true
  }
  def unapply(e: Throwable): Option[Throwable] = if (apply(e)) Some[Throwable](e) else None
}

/** An exception without a stack trace, which no exception has here. */
trait NoStackTrace extends Throwable

/** An exception that carries control, not failure. */
trait ControlThrowable extends Throwable with NoStackTrace
