// A missing given
case class Box(size: Int)

def inOrder(boxes: List[Box]): List[Box] = boxes.sorted
