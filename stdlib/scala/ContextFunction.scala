/** Functions whose arguments are given: `A ?=> B`. */
package scala

trait ContextFunction1[-T1, +R] {
  def apply(x1: T1): R
}

trait ContextFunction2[-T1, -T2, +R] {
  def apply(x1: T1, x2: T2): R
}

trait ContextFunction3[-T1, -T2, -T3, +R] {
  def apply(x1: T1, x2: T2, x3: T3): R
}

trait ContextFunction4[-T1, -T2, -T3, -T4, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4): R
}

trait ContextFunction5[-T1, -T2, -T3, -T4, -T5, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5): R
}
