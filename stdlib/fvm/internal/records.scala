/** Open records of types that this module does not know: they keep what was sent, and their text. */
package fvm.internal

import fvm.{Bytes, Event, Problem, Story}

/** An event of another module's type. */
final class UnknownEvent(val typeHash: Long, val number: Int, val fields: Bytes, val text: String) extends Event {
  override def equals(that: Any): Boolean = that match {
    case other: UnknownEvent => typeHash == other.typeHash && number == other.number && fields.same(other.fields)
    case _ => false
  }
  override def hashCode: Int = typeHash.toInt * 31 + number
  override def toString: String = text
}

/** A problem of another module's type. */
final class UnknownProblem(val typeHash: Long, val number: Int, val fields: Bytes, val text: String) extends Problem {
  override def equals(that: Any): Boolean = that match {
    case other: UnknownProblem => typeHash == other.typeHash && number == other.number && fields.same(other.fields)
    case _ => false
  }
  override def hashCode: Int = typeHash.toInt * 31 + number
  override def toString: String = text
}

/** A story of another module's type. */
final class UnknownStory(val typeHash: Long, val number: Int, val fields: Bytes, val text: String) extends Story {
  override def equals(that: Any): Boolean = that match {
    case other: UnknownStory => typeHash == other.typeHash && number == other.number && fields.same(other.fields)
    case _ => false
  }
  override def hashCode: Int = typeHash.toInt * 31 + number
  override def toString: String = text
}

/** Bytes of open records as values. */
object Records {
  @intrinsic("compiler.decode_event") def event(bytes: Bytes): Event
  @intrinsic("compiler.decode_problem") def problem(bytes: Bytes): Problem
  @intrinsic("compiler.decode_story") def story(bytes: Bytes): Story
}
