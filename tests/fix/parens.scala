class Door:
  private var isOpen = false
  def toggle(): Boolean =
    isOpen = !isOpen
    isOpen

def use(door: Door): Boolean = door.toggle && door.toggle
