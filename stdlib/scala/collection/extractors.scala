/** `head +: tail` and `init :+ last` in patterns. */
package scala.collection

/** Takes a sequence apart at the front. */
object +: {
  def unapply[A, C <: Seq[A]](elements: C & Seq[A]): Option[(A, C)] =
    if (elements.isEmpty) None else Some[(A, C)]((elements.head, elements.tail.asInstanceOf[C]))
}

/** Takes a sequence apart at the end. */
object :+ {
  def unapply[A, C <: Seq[A]](elements: C & Seq[A]): Option[(C, A)] =
    if (elements.isEmpty) None else Some[(C, A)]((elements.init.asInstanceOf[C], elements.last))
}
