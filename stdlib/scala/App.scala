/** `App`: an object whose body is the program. */
package scala

trait App {
  protected def args: Array[String] = new Array[String](0)
  def main(arguments: Array[String]): Unit = ()
}
