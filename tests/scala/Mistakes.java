// Records what the real Scala 3 compiler prints about programs with a mistake.
//
// Relies on: the compiler's jars on the class path and the compiled stub of the `fvm` library, started by
// mistakes.sh. Guarantees: NAME.scalac beside NAME.scala holds exactly what the compiler printed, without
// colour and with the file's bare name; a program that it accepts gives one line that says so.
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;

public final class Mistakes {
    public static void main(String[] arguments) throws Exception {
        String stub = arguments[0];
        Path classes = Path.of(arguments[1]);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setErr(out);
        System.setOut(out);
        List<Path> programs;
        try (Stream<Path> files = Files.walk(Path.of(arguments[2]))) {
            programs = files.filter(f -> f.toString().endsWith(".scala")).sorted().collect(Collectors.toList());
        }
        for (Path program : programs) {
            printed.reset();
            dotty.tools.dotc.reporting.Reporter reporter = new dotty.tools.dotc.Driver().process(new String[] {
                "-usejavacp", "-color:never", "-deprecation", "-feature", "-classpath", stub,
                "-d", classes.toString(), program.toString(),
            });
            out.flush();
            String text = printed.toString(StandardCharsets.UTF_8);
            text = text.replace(program.toString(), program.getFileName().toString());
            boolean isSilent = !reporter.hasErrors() && !reporter.hasWarnings();
            if (isSilent) text = "(accepted without a word)\n";
            String name = program.getFileName().toString().replace(".scala", ".scalac");
            Files.writeString(program.resolveSibling(name), text);
        }
        System.exit(0);
    }
}
