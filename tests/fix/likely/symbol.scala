val key: String = 'colour
