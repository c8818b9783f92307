package io.apsaramqtt.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Where PEM comes from: a file, read each time anew, or a text.
 *
 * @param name of the file, for messages
 * @param reader gives the text; its argument says what is looked for
 */
record PemSource(String name, Function<String, String> reader) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    static PemSource file(Path file) {
        // RFC 7468 allows ASCII only; whatever else stands between the blocks must not fail.
        return new PemSource(
                file.toString(), thing -> new String(SourceFile.read(thing, file), StandardCharsets.ISO_8859_1));
    }

    static PemSource text(String text) {
        return new PemSource("PEM text", thing -> text);
    }

    /** Every block in order. {@code thing} is what is looked for, to say in an error. */
    List<PemBlock> blocks(String thing) {
        String text = reader.apply(thing);
        List<PemBlock> blocks = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            PemBlock block = blockAt(thing, text, at);
            blocks.add(block);
            at = text.indexOf(BEGIN, at + block.text().length());
        }
        return blocks;
    }

    private PemBlock blockAt(String thing, String text, int begin) {
        int labelAt = begin + BEGIN.length();
        int body = text.indexOf(DASHES, labelAt);
        String label = body < 0 ? "" : text.substring(labelAt, body);
        String end = "-----END " + label + DASHES;
        int endAt = body < 0 ? -1 : text.indexOf(end, body);
        if (endAt < 0) {
            throw new TlsConfigurationException(
                    TlsConfigurationException.Problem.MALFORMED,
                    thing,
                    name,
                    "has a BEGIN line"
                            + (label.isEmpty()
                                    ? ""
                                    : " (" + label.lines().findFirst().orElse("") + ")")
                            + " without its END line. Is the file cut off?");
        }
        return new PemBlock(
                name,
                label,
                text.substring(begin, endAt + end.length()),
                text.substring(body + DASHES.length(), endAt));
    }

    @Override
    public String toString() {
        return name;
    }
}
