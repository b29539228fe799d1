// A given with a right side, and later ones beside it, are no candidates for that right side.
trait Named[T] {
  def name: String
}

class Foo
object Foo {
  given Named[Foo] {
    def name = "foo"
  }
}

opaque type Bar = Foo
object Bar {
  given Named[Bar] = summon[Named[Foo]]
}

@main def main(): Unit = {
  println(summon[Named[Foo]].name)
  println(summon[Named[Bar]].name)
}
