package examples

import fvm.*

/** A fungible token with allowances.
  *
  * @param issuer may mint up to `cap`, and may hand this right on or give it up
  * @param cap no more than this many units ever exist at the same time
  */
final class Token(
    val name: String,
    val symbol: String,
    val decimals: Int,
    val cap: UInt128,
    issuer: Address
) extends Contract {

  import Token.*

  require(decimals >= 0 && decimals <= 36, Fault.BadDecimals(decimals))
  require(cap > UInt128.zero, Fault.ZeroAmount)

  private var minter: Option[Address] = Some(issuer)
  private var supply: UInt128 = UInt128.zero
  private var balances: Map[Address, UInt128] = Map.empty
  private var allowances: Map[(Address, Address), UInt128] = Map.empty

  invariant(supply <= cap)
  invariant(balance.isZero) // this contract keeps no coins

  // ── holders ────────────────────────────────────────────────────────────────

  @entry
  def transfer(to: Address, amount: UInt128): Unit can Write & Emit =
    move(msg.sender, to, amount)

  /** Lets `spender` move up to `amount` of the caller's tokens. `expected` is the allowance that the caller believes to be
    * in force: a spender who was quicker makes this fail instead of winning both allowances.
    */
  @entry
  def approve(spender: Address, expected: UInt128, amount: UInt128): Unit can Write & Emit = {
    val key     = (msg.sender, spender)
    val current = allowances.getOrElse(key, UInt128.zero)
    require(current == expected, Fault.AllowanceChanged(current))
    setAllowance(msg.sender, spender, amount)
  }

  /** Moves tokens of somebody who allowed it. */
  @entry
  def transferFrom(from: Address, to: Address, amount: UInt128): Unit can Write & Emit = {
    val allowed = allowances.getOrElse((from, msg.sender), UInt128.zero)
    require(amount <= allowed, Fault.NotAllowed(allowed, amount))
    setAllowance(from, msg.sender, allowed - amount)
    move(from, to, amount)
  }

  /** Destroys the caller's own tokens. */
  @entry
  def burn(amount: UInt128): Unit can Write & Emit = {
    require(amount > UInt128.zero, Fault.ZeroAmount)
    take(msg.sender, amount)
    supply = supply - amount
    emit(Log.Burned(msg.sender, amount))
  }.ensuring(_ => supply == old(supply) - amount)

  // ── the minter ─────────────────────────────────────────────────────────────

  @entry
  def mint(to: Address, amount: UInt128): Unit can Write & Emit = {
    requireMinter()
    require(amount > UInt128.zero, Fault.ZeroAmount)
    require(amount <= cap - supply, Fault.CapReached(cap - supply))
    supply = supply + amount
    give(to, amount)
    emit(Log.Minted(to, amount))
  }.ensuring(_ => supply == old(supply) + amount)

  /** Hands the right to mint on; `None` gives it up for ever. */
  @entry
  def passMinting(to: Option[Address]): Unit can Write & Emit = {
    requireMinter()
    minter = to
    emit(Log.MintingPassed(to))
  }

  // ── views ──────────────────────────────────────────────────────────────────

  @view
  def totalSupply: UInt128 can Read = supply

  @view
  def balanceOf(holder: Address): UInt128 can Read = balances.getOrElse(holder, UInt128.zero)

  @view
  def allowance(holder: Address, spender: Address): UInt128 can Read =
    allowances.getOrElse((holder, spender), UInt128.zero)

  // ── helpers ────────────────────────────────────────────────────────────────

  private def requireMinter(): Unit can Read =
    require(minter == Some(msg.sender), Fault.NotMinter)

  private def move(from: Address, to: Address, amount: UInt128): Unit can Write & Emit = {
    require(amount > UInt128.zero, Fault.ZeroAmount)
    take(from, amount)
    give(to, amount)
    emit(Log.Transferred(from, to, amount))
  }

  private def take(from: Address, amount: UInt128): Unit can Write = {
    val held = balances.getOrElse(from, UInt128.zero)
    require(amount <= held, Fault.NotEnough(held, amount))
    if amount == held then balances = balances.removed(from)
    else balances = balances.updated(from, held - amount)
  }

  private def give(to: Address, amount: UInt128): Unit can Write = {
    require(to != self, Fault.LostTokens) // nobody could ever move them again
    balances = balances.updated(to, balances.getOrElse(to, UInt128.zero) + amount)
  }

  private def setAllowance(holder: Address, spender: Address, amount: UInt128): Unit can Write & Emit = {
    if amount == UInt128.zero then allowances = allowances.removed((holder, spender))
    else allowances = allowances.updated((holder, spender), amount)
    emit(Log.Approved(holder, spender, amount))
  }
}

object Token {
  enum Log extends Event {
    case Transferred(from: Address, to: Address, amount: UInt128)
    case Approved(holder: Address, spender: Address, amount: UInt128)
    case Minted(to: Address, amount: UInt128)
    case Burned(from: Address, amount: UInt128)
    case MintingPassed(to: Option[Address])
  }

  enum Fault extends Problem {
    case ZeroAmount, NotMinter, LostTokens
    case BadDecimals(decimals: Int)
    case NotEnough(held: UInt128, wanted: UInt128)
    case NotAllowed(allowed: UInt128, wanted: UInt128)
    case AllowanceChanged(current: UInt128)
    case CapReached(left: UInt128)
  }
}
