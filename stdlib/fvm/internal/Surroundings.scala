/** What the host tells a contract. */
package fvm.internal

import fvm.{Amount, Bytes}

/** Stands in the bodies of methods that the compiler replaces. */
def form: Nothing = throw new NotImplementedError("a form of the language")

object Surroundings {
  @intrinsic("host.msg_sender") def sender: Bytes
  @intrinsic("host.msg_value") def value: Amount
  @intrinsic("host.self") def self: Bytes
  @intrinsic("host.balance") def balance: Amount
  @intrinsic("host.now") def now: Long
  @intrinsic("host.cancel") def cancel(timer: Long): Unit
}

/** Addresses as bytes. */
object Addresses {
  def of(bytes: Bytes): fvm.Address = fvm.Address.fromBytes(bytes)
  def bytes(address: fvm.Address): Bytes = address.bytes
}
