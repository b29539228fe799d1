// Prints src/tables.rs: what java.lang.Character and String.toUpperCase know about code points.
// Run with JDK 25 (Unicode 16.0) from this folder:
//   java CharacterTables.java > ../src/tables.rs
import java.util.*;

public class CharacterTables {
  static final int END = 0x110000;

  public static void main(String[] args) {
    System.out.println("//! Unicode 16.0 as JDK 25 knows it; printed by `tables/CharacterTables.java`, not written by hand.");
    categories();
    mapping("UPPER", true);
    mapping("LOWER", false);
    special();
  }

  static void open(String doc, String name, String type) {
    System.out.println();
    System.out.println("/// " + doc);
    System.out.println("#[rustfmt::skip]");
    System.out.println("pub(crate) const " + name + ": &[" + type + "] = &[");
  }

  static void rows(List<String> rows, int perLine) {
    for (int i = 0; i < rows.size(); i += perLine)
      System.out.println("    " + String.join(" ", rows.subList(i, Math.min(rows.size(), i + perLine))));
    System.out.println("];");
  }

  static void categories() {
    open("First code point of a run and the category of the run (as `Character.getType`).", "CATEGORIES", "(u32, u8)");
    List<String> rows = new ArrayList<>();
    int previous = -1;
    for (int c = 0; c < END; c++) {
      int type = Character.getType(c);
      if (type != previous) rows.add(String.format("(0x%X, %d),", c, type));
      previous = type;
    }
    rows(rows, 7);
  }

  static int map(int c, boolean upper) {
    return upper ? Character.toUpperCase(c) : Character.toLowerCase(c);
  }

  static void mapping(String name, boolean upper) {
    open("Runs of code points that map by one difference: first, last, step, difference.", name, "(u32, u32, u32, i32)");
    List<int[]> runs = new ArrayList<>();
    for (int c = 0; c < END; c++) {
      int d = map(c, upper) - c;
      if (d == 0) continue;
      int[] last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      int step = last == null ? 0 : c - last[1];
      if (last != null && last[3] == d && step <= 2 && (last[0] == last[1] || last[2] == step)) {
        last[1] = c;
        last[2] = step;
      } else runs.add(new int[] {c, c, 1, d});
    }
    List<String> rows = new ArrayList<>();
    for (int[] r : runs) rows.add(String.format("(0x%X, 0x%X, %d, %d),", r[0], r[1], r[2], r[3]));
    rows(rows, 4);
  }

  static void special() {
    open("Code points whose upper case in a string is not their one upper case code point.", "SPECIAL_UPPER", "(u32, &[u16])");
    List<String> rows = new ArrayList<>();
    for (int c = 0; c < END; c++) {
      if (c >= 0xD800 && c < 0xE000) continue;
      String upper = new String(Character.toChars(c)).toUpperCase(Locale.ROOT);
      if (upper.equals(new String(Character.toChars(Character.toUpperCase(c))))) continue;
      StringBuilder units = new StringBuilder();
      for (char u : upper.toCharArray()) units.append(units.length() == 0 ? "" : ", ").append(String.format("0x%X", (int) u));
      rows.add(String.format("(0x%X, &[%s]),", c, units));
    }
    rows(rows, 2);
  }
}
