// `language` has certain members, and Scala no version of every number.
import scala.language.postfixOps
import scala.language.{implicitConversions, reflectiveCals} //~ E0202
import language.experimental.macros
import language.experimental.magic //~ E0202
import language.`3.3-migration`
import language.`3.1-migration` //~ E0202
import language.`4.0` //~ E0202
import scala.languageFeature.higherKinds
import scala.languageFeature.lowerKinds //~ E0202
import scala.languageFeature$.higherKinds //~ E0202
