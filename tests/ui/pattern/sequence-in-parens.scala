// The rest of a sequence stands without parentheses.
def rest(numbers: List[Int]): Seq[Int] = numbers match
  case List(first, others @ (_*)) => others //~ E0404
  case List(first, (others*)) => others //~ E0404
  case List(first, others*) => others
  case _ => Nil
