// Compiles and runs many Scala programs with the real Scala 3 compiler in one JVM and records what each prints. Programs
// are files NAME.scala, or blocks of Markdown pages (Pages.java).
//
// Relies on: the compiler's jars on the class path (fetch-scala.sh), started by golden.sh.
// Guarantees: NAME.expected holds exactly the program's standard output in UTF-8. When an exception leaves
// `main`, NAME.expected-exit holds the exit status 1 and the first line that the JVM would print about it;
// otherwise that file does not exist. A program that does not compile, that compiles with a warning, that has
// not exactly one `main`, or that runs longer than the limit leaves its files untouched and fails the run.
import java.io.*;
import java.lang.reflect.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.stream.*;

public final class Golden {
    private static final long LIMIT_MILLIS = 20_000;
    private static final long STACK_BYTES = 64L << 20;
    /** A program with this comment on its first line may compile with warnings. */
    private static final String WARNINGS_ALLOWED = "// scalac warns:";

    private final Path scratch;
    private final String mode;
    private final Path stub;
    private int written, same, failed;

    private Golden(String mode, Path scratch, Path stub) {
        this.mode = mode;
        this.scratch = scratch;
        this.stub = stub;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 4) {
            System.err.println("usage: Golden write|all|check SCRATCH STUB PATH...");
            System.exit(2);
        }
        Golden golden = new Golden(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]));
        Pages pages = new Pages(golden, golden.scratch);
        for (int i = 3; i < arguments.length; i++) {
            for (Path program : filesBelow(Path.of(arguments[i]), ".scala")) golden.one(program);
            for (Path page : filesBelow(Path.of(arguments[i]), ".md")) golden.page(pages, page);
        }
        System.err.println(golden.written + " written, " + golden.same + " unchanged, " + golden.failed + " failed");
        System.exit(golden.failed == 0 ? 0 : 1);
    }

    private static List<Path> filesBelow(Path root, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().collect(Collectors.toList());
        }
    }

    /** The sources of the package `fvm`, without its tests. */
    List<Path> stub() throws IOException {
        return filesBelow(stub, ".scala");
    }

    void failure(String place, String problem) {
        failed++;
        System.err.println("FAILED " + place + "\n" + problem);
    }

    private void page(Pages pages, Path page) throws Exception {
        String want = pages.page(page, mode.equals("write"));
        if (want.equals(Files.readString(page))) {
            same++;
        } else if (mode.equals("check")) {
            failed++;
            System.err.println("DIFFERS " + page);
        } else {
            written++;
            Files.writeString(page, want);
        }
    }

    private static Path sibling(Path program, String extension) {
        String name = program.getFileName().toString();
        return program.resolveSibling(name.substring(0, name.length() - ".scala".length()) + extension);
    }

    private void one(Path program) throws Exception {
        Path expected = sibling(program, ".expected");
        Path exit = sibling(program, ".expected-exit");
        if (mode.equals("write") && Files.exists(expected)
                && Files.getLastModifiedTime(expected).compareTo(Files.getLastModifiedTime(program)) >= 0) {
            same++;
            return;
        }
        Path classes = scratch.resolve("classes");
        empty(classes);
        Verdict verdict = compile(List.of(program), classes);
        String problem = verdict.clean() ? null : verdict.messages;
        Outcome outcome = problem == null ? run(classes) : null;
        if (outcome != null) problem = outcome.problem;
        if (problem != null) {
            failure(program.toString(), problem);
            return;
        }
        boolean equal = equal(expected, outcome.output) && equal(exit, outcome.exit);
        if (equal) {
            same++;
            if (!mode.equals("check")) Files.setLastModifiedTime(expected, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis()));
        } else if (mode.equals("check")) {
            failed++;
            System.err.println("DIFFERS " + program);
        } else {
            written++;
            Files.write(expected, outcome.output);
            if (outcome.exit == null) Files.deleteIfExists(exit);
            else Files.write(exit, outcome.exit);
        }
    }

    /** Whether `file` holds `want`; null means that it does not exist. */
    private static boolean equal(Path file, byte[] want) throws IOException {
        return want == null ? !Files.exists(file) : Files.exists(file) && Arrays.equals(Files.readAllBytes(file), want);
    }

    static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) Files.delete(file);
            }
        }
        Files.createDirectories(folder);
    }

    /** What the compiler says of a program. */
    static final class Verdict {
        String messages;
        int errors, warnings;
        boolean mayWarn;

        /** Whether it is accepted, without a warning unless its first line allows them. */
        boolean clean() {
            return errors == 0 && (warnings == 0 || mayWarn);
        }
    }

    /** Compiles a program: its first source may allow warnings. */
    Verdict compile(List<Path> sources, Path classes) throws IOException {
        Verdict verdict = new Verdict();
        verdict.mayWarn = Files.readString(sources.get(0)).startsWith(WARNINGS_ALLOWED);
        List<String> options = new ArrayList<>(List.of("-usejavacp", "-d", classes.toString(), "-color:never",
                "-deprecation", "-feature", "-unchecked",
                // `App` is deprecated since 3.8 but still what many programs are written with.
                "-Wconf:msg=trait App in package scala:s"));
        if (!verdict.mayWarn) options.add("-Wsafe-init");
        for (Path source : sources) options.add(source.toString());
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        PrintStream capture = new PrintStream(messages, true, StandardCharsets.UTF_8);
        System.setOut(capture);
        System.setErr(capture);
        try {
            dotty.tools.dotc.reporting.Reporter reporter = scala.Console$.MODULE$.withErr(capture, () ->
                    scala.Console$.MODULE$.withOut(capture, () ->
                            dotty.tools.dotc.Main.process(options.toArray(new String[0]))));
            verdict.errors = reporter.errorCount();
            verdict.warnings = reporter.warningCount();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        verdict.messages = messages.toString(StandardCharsets.UTF_8);
        return verdict;
    }

    static final class Outcome {
        byte[] output;
        byte[] exit;
        String problem;

        /** What a terminal shows: the output and, of an exception that leaves `main`, the first line. */
        String shown() {
            String text = new String(output, StandardCharsets.UTF_8);
            return exit == null ? text : text + new String(exit, StandardCharsets.UTF_8).split("\n", 2)[1];
        }
    }

    Outcome run(Path classes) throws Exception {
        Outcome outcome = new Outcome();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, Golden.class.getClassLoader())) {
            List<Method> mains = mains(classes, loader);
            if (mains.size() != 1) {
                outcome.problem = "found " + mains.size() + " main methods, expected one: " + mains;
                return outcome;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream capture = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            Throwable[] thrown = new Throwable[1];
            Thread thread = new Thread(null, () -> {
                try {
                    scala.Console$.MODULE$.withOut(capture, () -> {
                        try {
                            mains.get(0).invoke(null, (Object) new String[0]);
                        } catch (InvocationTargetException wrapper) {
                            thrown[0] = wrapper.getCause();
                        } catch (IllegalAccessException impossible) {
                            thrown[0] = impossible;
                        }
                        return null;
                    });
                } catch (Throwable other) {
                    thrown[0] = other;
                }
            }, "main", STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
            thread.join(LIMIT_MILLIS);
            if (thread.isAlive()) {
                outcome.problem = "still running after " + LIMIT_MILLIS + " ms";
                return outcome;
            }
            capture.flush();
            outcome.output = bytes.toByteArray();
            if (thrown[0] != null) {
                String first = thrown[0].toString().split("\n", 2)[0];
                outcome.exit = ("1\nException in thread \"main\" " + first + "\n").getBytes(StandardCharsets.UTF_8);
            }
        }
        return outcome;
    }

    private static List<Method> mains(Path classes, ClassLoader loader) throws Exception {
        List<Method> mains = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().collect(Collectors.toList())) {
                String path = classes.relativize(file).toString();
                String name = path.substring(0, path.length() - ".class".length()).replace(File.separatorChar, '.');
                if (name.endsWith("$")) continue;
                Class<?> type = Class.forName(name, false, loader);
                for (Method method : type.getDeclaredMethods()) {
                    if (method.getName().equals("main") && Modifier.isStatic(method.getModifiers())
                            && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String[].class})) mains.add(method);
                }
            }
        }
        return mains;
    }
}
