// A missing case
enum Light:
  case Red, Yellow, Green

def next(light: Light): Light = light match
  case Light.Red   => Light.Green
  case Light.Green => Light.Yellow
