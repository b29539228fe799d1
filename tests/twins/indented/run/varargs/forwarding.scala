// Repeated parameters passed on, and in constructors and companions.
class Playlist(val name: String, songs: String*):
  def count: Int = songs.length
  def all: String = songs.mkString(", ")
object Playlist:
  def of(songs: String*): Playlist = new Playlist("unnamed", songs*)
case class Tags(values: String*)

object Main extends App:
  val p = new Playlist("mine", "one", "two")
  println(s"${p.name} ${p.count} ${p.all}")
  println(Playlist.of("a", "b", "c").all)
  def max(first: Int, rest: Int*): Int = rest.foldLeft(first)((a, b) => if a > b then a else b)
  println(max(3))
  println(max(3, 9, 4))
  println(Tags("x", "y").values.size)
  Tags("p", "q", "r") match
    case Tags(first, rest*) => println(s"$first then ${rest.length}")
    case _ => println("none")
