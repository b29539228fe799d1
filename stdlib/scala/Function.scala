/** Function values of 0 to 22 parameters. */
package scala

/** A function of 0 parameters. */
trait Function0[+R] {
  def apply(): R
  override def toString: String = "<function0>"
}

/** A function of 1 parameter. */
trait Function1[-T1, +R] {
  def apply(x1: T1): R
  /** This function after `before`. */
  def compose[A](before: A => T1): A => R = (x: A) => this.apply(before(x))
  /** `after` after this function. */
  def andThen[A](after: R => A): T1 => A = (x: T1) => after(this.apply(x))
  override def toString: String = "<function1>"
}

/** A function of 2 parameters. */
trait Function2[-T1, -T2, +R] {
  def apply(x1: T1, x2: T2): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => R = (x1: T1) => (x2: T2) => this.apply(x1, x2)
  /** The same function of a tuple. */
  def tupled: ((T1, T2)) => R =
    (t: (T1, T2)) => this.apply(t._1, t._2)
  override def toString: String = "<function2>"
}

/** A function of 3 parameters. */
trait Function3[-T1, -T2, -T3, +R] {
  def apply(x1: T1, x2: T2, x3: T3): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => R = (x1: T1) => (x2: T2) => (x3: T3) => this.apply(x1, x2, x3)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3)) => R =
    (t: (T1, T2, T3)) => this.apply(t._1, t._2, t._3)
  override def toString: String = "<function3>"
}

/** A function of 4 parameters. */
trait Function4[-T1, -T2, -T3, -T4, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => this.apply(x1, x2, x3, x4)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4)) => R =
    (t: (T1, T2, T3, T4)) => this.apply(t._1, t._2, t._3, t._4)
  override def toString: String = "<function4>"
}

/** A function of 5 parameters. */
trait Function5[-T1, -T2, -T3, -T4, -T5, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => this.apply(x1, x2, x3, x4, x5)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5)) => R =
    (t: (T1, T2, T3, T4, T5)) => this.apply(t._1, t._2, t._3, t._4, t._5)
  override def toString: String = "<function5>"
}

/** A function of 6 parameters. */
trait Function6[-T1, -T2, -T3, -T4, -T5, -T6, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => this.apply(x1, x2, x3, x4, x5, x6)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6)) => R =
    (t: (T1, T2, T3, T4, T5, T6)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6)
  override def toString: String = "<function6>"
}

/** A function of 7 parameters. */
trait Function7[-T1, -T2, -T3, -T4, -T5, -T6, -T7, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => this.apply(x1, x2, x3, x4, x5, x6, x7)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7)
  override def toString: String = "<function7>"
}

/** A function of 8 parameters. */
trait Function8[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8)
  override def toString: String = "<function8>"
}

/** A function of 9 parameters. */
trait Function9[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9)
  override def toString: String = "<function9>"
}

/** A function of 10 parameters. */
trait Function10[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10)
  override def toString: String = "<function10>"
}

/** A function of 11 parameters. */
trait Function11[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11)
  override def toString: String = "<function11>"
}

/** A function of 12 parameters. */
trait Function12[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12)
  override def toString: String = "<function12>"
}

/** A function of 13 parameters. */
trait Function13[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13)
  override def toString: String = "<function13>"
}

/** A function of 14 parameters. */
trait Function14[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14)
  override def toString: String = "<function14>"
}

/** A function of 15 parameters. */
trait Function15[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, -T15, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14, x15: T15): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => T15 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => (x15: T15) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14, t._15)
  override def toString: String = "<function15>"
}

/** A function of 16 parameters. */
trait Function16[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, -T15, -T16, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14, x15: T15, x16: T16): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => T15 => T16 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => (x15: T15) => (x16: T16) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14, t._15, t._16)
  override def toString: String = "<function16>"
}

/** A function of 17 parameters. */
trait Function17[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, -T15, -T16, -T17, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14, x15: T15, x16: T16, x17: T17): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => T15 => T16 => T17 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => (x15: T15) => (x16: T16) => (x17: T17) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14, t._15, t._16, t._17)
  override def toString: String = "<function17>"
}

/** A function of 18 parameters. */
trait Function18[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, -T15, -T16, -T17, -T18, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14, x15: T15, x16: T16, x17: T17, x18: T18): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => T15 => T16 => T17 => T18 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => (x15: T15) => (x16: T16) => (x17: T17) => (x18: T18) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14, t._15, t._16, t._17, t._18)
  override def toString: String = "<function18>"
}

/** A function of 19 parameters. */
trait Function19[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, -T15, -T16, -T17, -T18, -T19, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14, x15: T15, x16: T16, x17: T17, x18: T18, x19: T19): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => T15 => T16 => T17 => T18 => T19 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => (x15: T15) => (x16: T16) => (x17: T17) => (x18: T18) => (x19: T19) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18, x19)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14, t._15, t._16, t._17, t._18, t._19)
  override def toString: String = "<function19>"
}

/** A function of 20 parameters. */
trait Function20[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, -T15, -T16, -T17, -T18, -T19, -T20, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14, x15: T15, x16: T16, x17: T17, x18: T18, x19: T19, x20: T20): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => T15 => T16 => T17 => T18 => T19 => T20 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => (x15: T15) => (x16: T16) => (x17: T17) => (x18: T18) => (x19: T19) => (x20: T20) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18, x19, x20)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14, t._15, t._16, t._17, t._18, t._19, t._20)
  override def toString: String = "<function20>"
}

/** A function of 21 parameters. */
trait Function21[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, -T15, -T16, -T17, -T18, -T19, -T20, -T21, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14, x15: T15, x16: T16, x17: T17, x18: T18, x19: T19, x20: T20, x21: T21): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => T15 => T16 => T17 => T18 => T19 => T20 => T21 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => (x15: T15) => (x16: T16) => (x17: T17) => (x18: T18) => (x19: T19) => (x20: T20) => (x21: T21) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18, x19, x20, x21)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20, T21)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20, T21)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14, t._15, t._16, t._17, t._18, t._19, t._20, t._21)
  override def toString: String = "<function21>"
}

/** A function of 22 parameters. */
trait Function22[-T1, -T2, -T3, -T4, -T5, -T6, -T7, -T8, -T9, -T10, -T11, -T12, -T13, -T14, -T15, -T16, -T17, -T18, -T19, -T20, -T21, -T22, +R] {
  def apply(x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, x10: T10, x11: T11, x12: T12, x13: T13, x14: T14, x15: T15, x16: T16, x17: T17, x18: T18, x19: T19, x20: T20, x21: T21, x22: T22): R
  /** The same function, taking its arguments one after the other. */
  def curried: T1 => T2 => T3 => T4 => T5 => T6 => T7 => T8 => T9 => T10 => T11 => T12 => T13 => T14 => T15 => T16 => T17 => T18 => T19 => T20 => T21 => T22 => R = (x1: T1) => (x2: T2) => (x3: T3) => (x4: T4) => (x5: T5) => (x6: T6) => (x7: T7) => (x8: T8) => (x9: T9) => (x10: T10) => (x11: T11) => (x12: T12) => (x13: T13) => (x14: T14) => (x15: T15) => (x16: T16) => (x17: T17) => (x18: T18) => (x19: T19) => (x20: T20) => (x21: T21) => (x22: T22) => this.apply(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15, x16, x17, x18, x19, x20, x21, x22)
  /** The same function of a tuple. */
  def tupled: ((T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20, T21, T22)) => R =
    (t: (T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20, T21, T22)) => this.apply(t._1, t._2, t._3, t._4, t._5, t._6, t._7, t._8, t._9, t._10, t._11, t._12, t._13, t._14, t._15, t._16, t._17, t._18, t._19, t._20, t._21, t._22)
  override def toString: String = "<function22>"
}

/** Constructors of function values from others. */
object Function {
  /** The function that gives `value` for every argument. */
  def const[A, B](value: A)(argument: B): A = value
  /** All functions one after the other, the first first. */
  def chain[A](functions: Seq[A => A]): A => A = (x: A) => functions.foldLeft[A](x)((y: A, f: A => A) => f(y))
  /** A function of a pair from a function of two parameters. */
  def tupled[A, B, C](f: (A, B) => C): ((A, B)) => C = (t: (A, B)) => f(t._1, t._2)
  /** A function of two parameters from a function of a pair. */
  def untupled[A, B, C](f: ((A, B)) => C): (A, B) => C = (a: A, b: B) => f((a, b))
  /** A function of two parameters from a curried one. */
  def uncurried[A, B, C](f: A => B => C): (A, B) => C = (a: A, b: B) => f(a)(b)
}
