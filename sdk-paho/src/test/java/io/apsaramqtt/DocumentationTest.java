package io.apsaramqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests that the pages name as proof are there. */
class DocumentationTest {

    private static final Path TESTS = Path.of("src", "test", "java");

    /** As connection.md says above its table. */
    private static final Map<String, String> SHORT =
            Map.of("C", "SessionConnectTest", "R", "SessionReconnectTest", "E", "SessionCloseTest");

    /** A test class, and a method of it perhaps. */
    private static final Pattern TEST =
            Pattern.compile("\\b([A-Z]\\w*(?:Test|IT|Contract)\\b|(?<=[|,] )[CRE](?=\\.))(?:\\.([a-z]\\w*))?");

    @ParameterizedTest
    @CsvSource({"connection.md, 40", "paho-traps.md, 20"})
    void everyTestThatAPageNamesIsThere(String page, int least) throws IOException {
        Matcher named = TEST.matcher(Files.readString(Path.of("..", "docs", page)));
        int count = 0;
        while (named.find()) {
            count++;
            String type = SHORT.getOrDefault(named.group(1), named.group(1));
            String method = named.group(2);
            assertThat(sources(type))
                    .as("%s names %s", page, named.group())
                    .anyMatch(source -> source.contains(method == null ? type : "void " + method + "("));
        }
        assertThat(count).as("tests named in %s", page).isGreaterThanOrEqualTo(least);
    }

    /** Of the test classes with this name. */
    private static List<String> sources(String type) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            for (Path file : files.filter(each -> each.endsWith(type + ".java")).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }
}
