package io.apsaramqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types what docs/cli.md shows, and compares what comes out. */
@Timeout(120)
class DocumentationIT {

    private static final Path PAGE = Path.of("..", "docs", "cli.md");
    private static final Path JAR = Path.of("target", "apsara-mqtt.jar").toAbsolutePath();
    private static final String COMMAND = "$ apsara-mqtt ";
    private static final String EXIT = "$ echo $?\n";
    private static final String INDENT = " ".repeat(4);
    private static final Pattern FILE = Pattern.compile("`([a-z]+\\.json)`[^`]*:$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\\d+ s old");

    @TempDir
    private Path folder;

    /** A command as typed, and what the page says that it leaves behind. */
    private record Example(String command, String output, int exit) {}

    @Test
    void everyExampleOfThePageDoesWhatThePageSays() throws Exception {
        List<Example> examples = new ArrayList<>();
        for (Block block : blocks(Files.readAllLines(PAGE))) {
            String[] parts = block.code().split("(?m)^(?=\\$ apsara-mqtt )", -1);
            for (String part : parts) {
                if (part.startsWith(COMMAND)) {
                    examples.add(example(part.substring(COMMAND.length())));
                }
            }
            if (!parts[0].startsWith(COMMAND)) {
                Matcher file = FILE.matcher(block.sentence());
                Files.writeString(folder.resolve(file.find() ? file.group(1) : "none"), parts[0]);
            }
        }

        assertThat(examples).hasSizeGreaterThanOrEqualTo(10);
        for (Example example : examples) {
            assertThat(run(example)).as(example.command()).isEqualTo(example);
        }
    }

    /** Indented lines of the page, and the line of text before them. */
    private record Block(String sentence, String code) {}

    private static List<Block> blocks(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        String sentence = "";
        StringBuilder code = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith(INDENT)) {
                code.append(line.substring(INDENT.length())).append('\n');
            } else if (!line.isEmpty()) {
                blocks.add(new Block(sentence, code.toString()));
                code.setLength(0);
                sentence = line;
            }
        }
        return blocks;
    }

    private static Example example(String text) {
        int line = text.indexOf('\n') + 1;
        int exit = text.indexOf(EXIT);
        String output = exit < 0 ? text.substring(line) : text.substring(line, exit);
        int code = exit < 0
                ? 0
                : Integer.parseInt(text.substring(exit + EXIT.length()).strip());
        return new Example(text.substring(0, line).strip(), timeless(output), code);
    }

    private Example run(Example example) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        WORD.matcher(example.command())
                .results()
                .forEach(word -> command.add(word.group(1) == null ? word.group(2) : word.group(1)));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        return new Example(example.command(), timeless(output.replace(System.lineSeparator(), "\n")), exit);
    }

    /** Without what differs at each run, and without the blank lines that end a block of the page. */
    private static String timeless(String text) {
        return TIME.matcher(text).replaceAll("TIME").strip();
    }
}
