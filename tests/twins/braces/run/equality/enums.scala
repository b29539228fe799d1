// Enum cases without parameters are single values; with parameters they compare by content.
enum Color {
  case Red, Green
}
enum Tree {
  case Leaf
  case Node(left: Tree, value: Int, right: Tree)
}

import Tree.*

@main def run(): Unit = {
  println(Color.Red == Color.Red)
  println(Color.Red == Color.Green)
  println(Node(Leaf, 1, Leaf) == Node(Leaf, 1, Leaf))
  println(Node(Leaf, 1, Leaf) == Node(Leaf, 2, Leaf))
  println(Leaf == Node(Leaf, 1, Leaf))
  println(Color.values.toList.contains(Color.Green))
}
