// Rewrites Scala programs in place with the real compiler's own `-rewrite`, many in one JVM.
//
// Relies on: the compiler's jars on the class path, started by twins.sh. Each argument after the options is one unit: a
// file, or files joined by commas. Guarantees: a unit that the compiler refuses is named and makes the exit status 1.
import java.nio.file.*;
import java.util.*;

public final class Rewrite {
    public static void main(String[] arguments) throws Exception {
        List<String> options = new ArrayList<>();
        List<String> units = new ArrayList<>();
        for (String argument : arguments) (argument.endsWith(".scala") ? units : options).add(argument);
        Path classes = Files.createTempDirectory("rewrite");
        boolean failed = false;
        for (String unit : units) {
            List<String> all = new ArrayList<>(options);
            all.addAll(List.of("-usejavacp", "-d", classes.toString(), "-color:never", "-rewrite", "-Ystop-after:typer", "-Wconf:any:s"));
            all.addAll(Arrays.asList(unit.split(",")));
            if (dotty.tools.dotc.Main.process(all.toArray(new String[0])).hasErrors()) {
                System.err.println("not rewritten: " + unit);
                failed = true;
            }
        }
        System.exit(failed ? 1 : 0);
    }
}
