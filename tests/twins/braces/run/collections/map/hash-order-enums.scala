// Enum cases and case objects hash by their name, so the order of sets of them is defined.
enum Day {
  case Mon, Tue, Wed, Thu, Fri, Sat, Sun
}
enum Tree {
  case Leaf
  case Node(value: Int)
}

@main def run(): Unit = {
  println(Day.values.toSet)
  println(Day.values.map(d => d -> d.ordinal).toMap)
  println(Day.values.map(d => (d, d.ordinal % 2)).toSet)
  println(Set(Tree.Leaf, Tree.Node(1), Tree.Node(2), Tree.Node(3), Tree.Node(4)))
  println(List(None, Some(1), Some(2), Some(3), Some(4)).toSet)
}
