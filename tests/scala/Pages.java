// Checks the Scala blocks of Markdown pages with the real Scala 3 compiler, and writes what the running ones print.
//
// Relies on: Golden, which compiles and runs; the words behind ```scala that tests/README.md lists; for suites, the
// stub of the package `fvm` as sources.
// Guarantees: a `run` block compiles without a warning and its `output` block holds what it prints; a `check` or `suite`
// block compiles without a warning; the first complaint about an `error` block is on a marked line; a `refused` block
// compiles. Anything else fails the run. A block that did not change since its last success is not compiled again.
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.security.MessageDigest;
import java.util.*;
import java.util.regex.*;
import java.util.stream.*;

final class Pages {
    private static final Pattern PLACE = Pattern.compile("(?m)^-- .*\\.scala:(\\d+):\\d+ ");
    private static final Pattern MARK = Pattern.compile("//~(\\^*) ");

    private final Golden golden;
    private final Path scratch;
    private final Path kept;

    Pages(Golden golden, Path scratch) {
        this.golden = golden;
        this.scratch = scratch;
        this.kept = scratch.resolveSibling("blocks");
    }

    /** The page with outputs as they must be. */
    String page(Path page, boolean fromKept) throws Exception {
        List<String> lines = Files.readString(page).lines().collect(Collectors.toList());
        List<String> result = new ArrayList<>();
        String output = null;
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            result.add(line);
            if (!line.startsWith("```")) continue;
            int end = at + 1;
            while (!lines.get(end).equals("```")) end++;
            List<String> body = lines.subList(at + 1, end);
            if (line.startsWith("```scala ")) {
                String word = line.substring("```scala ".length());
                output = block(page + ":" + (at + 2), word, String.join("\n", body) + "\n", fromKept);
            } else if (line.equals("```output") && output != null) {
                body = output.lines().collect(Collectors.toList());
                output = null;
            }
            result.addAll(body);
            result.add("```");
            at = end;
        }
        return String.join("\n", result) + "\n";
    }

    /** What a block prints; null if it does not run, or is not as it should be, which is reported. */
    private String block(String place, String word, String source, boolean fromKept) throws Exception {
        Path known = kept.resolve(digest(word + "\n" + source));
        if (fromKept && Files.exists(known)) return word.equals("run") ? Files.readString(known) : null;
        Path program = scratch.resolve("Block.scala");
        Path classes = scratch.resolve("classes");
        Files.writeString(program, source);
        Golden.empty(classes);
        List<Path> sources = new ArrayList<>(List.of(program));
        if (word.equals("suite") || source.contains("import fvm")) sources.addAll(golden.stub());
        Golden.Verdict verdict = golden.compile(sources, classes);
        String output = "";
        String problem = null;
        switch (word) {
            case "run":
                problem = verdict.clean() ? null : verdict.messages;
                if (problem == null) {
                    Golden.Outcome outcome = golden.run(classes);
                    problem = outcome.problem;
                    if (problem == null) output = outcome.shown();
                }
                break;
            case "error": problem = complaint(source, verdict); break;
            case "refused": problem = verdict.errors == 0 ? null : verdict.messages; break;
            default: problem = verdict.clean() ? null : verdict.messages;
        }
        if (problem != null) {
            golden.failure(place, problem);
            return null;
        }
        Files.createDirectories(kept);
        Files.writeString(known, output);
        return word.equals("run") ? output : null;
    }

    /** Null if the compiler complains, and first on a marked line. */
    private static String complaint(String source, Golden.Verdict verdict) {
        if (verdict.errors + verdict.warnings == 0) return "real Scala accepts it: this is `refused`, not `error`";
        Set<Integer> marked = new TreeSet<>();
        String[] lines = source.split("\n");
        for (int i = 0; i < lines.length; i++) {
            Matcher mark = MARK.matcher(lines[i]);
            if (mark.find()) marked.add(i + 1 - mark.group(1).length());
        }
        Matcher place = PLACE.matcher(verdict.messages);
        if (place.find() && marked.contains(Integer.valueOf(place.group(1)))) return null;
        return "marked lines " + marked + ", but real Scala says:\n" + verdict.messages;
    }

    private static String digest(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        StringBuilder hex = new StringBuilder();
        for (byte one : hash) hex.append(String.format("%02x", one));
        return hex.toString();
    }
}
