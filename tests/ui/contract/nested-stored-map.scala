import fvm.*

final class Token extends Contract:
  private var allowed: Map[Address, Map[Address, Amount]] = Map.empty //~ E0802

  private var better: Map[(Address, Address), Amount] = Map.empty

  @view
  def of(a: Address, b: Address): Amount can Read = better.getOrElse((a, b), Amount.zero)
