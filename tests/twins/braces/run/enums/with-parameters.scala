// Cases that pass parameters to the enum.
enum Planet(val mass: Int, val moons: Int) {
  case Earth extends Planet(597, 1)
  case Mars extends Planet(64, 2)
  case Jupiter extends Planet(189800, 95)
  def heavier(that: Planet): Boolean = mass > that.mass
}

@main def run(): Unit = {
  for p <- Planet.values do println(s"$p ${p.mass} ${p.moons}")
  println(Planet.Mars.heavier(Planet.Earth))
  println(Planet.values.maxBy(_.moons))
  println(Planet.values.map(_.moons).sum)
}
