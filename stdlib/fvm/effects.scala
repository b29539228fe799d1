/** Effect rows and the kinds of entry points. The checker knows these names; nothing here has code. */
package fvm

import scala.annotation.StaticAnnotation

/** `A can E` is `A`, with the effect row `E` written as `Read & Write & …`. */
infix type can[A, E] = A

/** What contract code may do besides computing. */
sealed trait Effect

/** Look at storage, balance, clock or message. */
sealed trait Read extends Effect

/** Change storage; includes [[Read]]. */
sealed trait Write extends Effect

/** Append an event. */
sealed trait Emit extends Effect

/** Queue a message or a payment. */
sealed trait Send extends Effect

/** Queue a message to oneself for later, or cancel one. */
sealed trait Schedule extends Effect

/** Write a story. */
sealed trait Conclude extends Effect

/** The empty row: no effect at all. */
type Pure = Any

/** Callable by a message. */
final class entry extends StaticAnnotation

/** An entry that accepts coins. */
final class payable extends StaticAnnotation

/** An entry whose row is within [[Read]]. */
final class view extends StaticAnnotation

/** The target of a reply, a bounce or a timer: only the runtime delivers it. */
final class handler extends StaticAnnotation

/** Exists for proofs only, no code. */
final class ghost extends StaticAnnotation

/** Silences warnings in a definition, by name (`"unused-effect"`) or by code (`"W0508"`). */
final class allow(warnings: String*) extends StaticAnnotation
