// What may stand after `extends`.
class Animal
class Machine
trait Named(val name: String)
trait Loud

class Robot extends Animal with Machine //~ E0346
class Twice extends Loud with Loud //~ E0346
trait Pet extends Named("pet") //~ E0346
class Late extends Loud with Animal //~ E0346

class Dog extends Animal with Named("dog") with Loud
trait Quiet extends Named
class Cat extends Named("cat") with Quiet
