package scala.math
abstract class BigInt
