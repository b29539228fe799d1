package world

import fvm.*

/** Counts, and has a way into everything that can go wrong. */
final class Meter(val start: Long) extends Contract:
  import Meter.*
  private var count: Long = start
  private var entries: Map[Long, String] = Map.empty

  @payable
  def receive(): Unit can Write = count = count + 1L

  @entry
  def add(): Unit can Write & Emit =
    count = count + 1L
    entries = entries.updated(count, "entry " + count)
    emit(Log.Added(count))

  @entry
  def set(to: Long, text: String): Unit can Write =
    count = to
    entries = entries.updated(to, text)

  /** Changes everything, and never ends. */
  @entry
  def loop(): Unit can Write & Emit & Send & Schedule =
    count = 0L
    entries = entries.removed(1L)
    emit(Log.Added(count))
    pay(self, balance)(delivered = (), bounced = broken(_))
    schedule(now)(tick())
    while true do count = count + 1L

  /** Pays what no contract takes, and fails when it comes back. */
  @entry
  def waste(): Unit can Read & Send =
    Ref[Meter](nowhere).send(_.receive(), value = balance)(bounced = broken(_))

  @handler
  private def tick(): Unit can Write = count = count + 1L

  @handler
  private def broken(bounce: Bounce): Unit can Write =
    count = 1000L
    abort(Fault.Broken)

object Meter:
  val nowhere: Address = Address("0x0000000000000000000000000000000000000001")
  enum Log extends Event:
    case Added(count: Long)
  enum Fault extends Problem:
    case Broken
