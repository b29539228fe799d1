/** What a program may say to its surroundings: only that it failed. */
package scala.sys

def error(message: String): Nothing = throw new RuntimeException(message)
