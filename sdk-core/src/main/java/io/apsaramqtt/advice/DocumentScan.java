package io.apsaramqtt.advice;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;

/**
 * Reads a document character by character, before it is read as JSON: finds comments, and the dots that samples leave where
 * a list goes on. Both are blanked out, so that the rest can be read and everything keeps its place.
 */
final class DocumentScan {

    private final String document;
    private final Findings findings;
    private final StringBuilder clean;
    private int at;
    private int line = 1;
    private int lineStart;

    private DocumentScan(String document, Findings findings) {
        this.document = document;
        this.findings = findings;
        this.clean = new StringBuilder(document);
    }

    /** The document without what JSON does not have; reports it. */
    static String clean(String document, Findings findings) {
        DocumentScan scan = new DocumentScan(document, findings);
        scan.run();
        return scan.clean.toString();
    }

    private void run() {
        while (at < document.length()) {
            char c = document.charAt(at);
            if (c == '"') {
                pass(endOfString());
            } else if (document.startsWith("//", at)) {
                comment(endOfLine());
            } else if (document.startsWith("/*", at)) {
                int end = document.indexOf("*/", at + 2);
                if (end < 0) {
                    // Left as it is: the reader tells that it never ends.
                    return;
                }
                comment(end + 2);
            } else if (document.startsWith("...", at) || c == '\u2026') {
                dots();
            } else {
                pass(at + 1);
            }
        }
        tidyCommas();
    }

    private int endOfString() {
        for (int i = at + 1; i < document.length(); i++) {
            char c = document.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            } else if (c == '\n' || c == '\r') {
                // No string runs over a line; the reader tells so.
                return i;
            }
        }
        return document.length();
    }

    private int endOfLine() {
        int end = at;
        while (end < document.length() && document.charAt(end) != '\n' && document.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private void comment(int end) {
        String text = document.substring(at, end);
        findings.add(
                Severity.ERROR,
                Rule.COMMENT,
                line,
                at - lineStart + 1,
                "Comment [" + shortened(text) + "] is not JSON: RAM refuses the document, though this SDK reads it."
                        + " Delete the comment");
        blank(end);
    }

    private void dots() {
        int end = at;
        while (end < document.length() && (document.charAt(end) == '.' || document.charAt(end) == '\u2026')) {
            end++;
        }
        findings.add(
                Severity.ERROR,
                Rule.PLACEHOLDER,
                line,
                at - lineStart + 1,
                "Placeholder [" + document.substring(at, end) + "] is left in: the sample's list goes on here, and RAM"
                        + " refuses the document. Write the further values, or delete the dots and the comma before"
                        + " them");
        clean.setCharAt(at, '\u2026');
        int start = at + 1;
        pass(start);
        blank(end);
    }

    private void blank(int end) {
        for (int i = at; i < end; i++) {
            if (document.charAt(i) != '\n' && document.charAt(i) != '\r') {
                clean.setCharAt(i, ' ');
            }
        }
        pass(end);
    }

    private void pass(int end) {
        for (; at < end; at++) {
            char c = document.charAt(at);
            boolean ofPair = c == '\r' && at + 1 < document.length() && document.charAt(at + 1) == '\n';
            if ((c == '\n' || c == '\r') && !ofPair) {
                line++;
                lineStart = at + 1;
            }
        }
    }

    /** Takes away the one mark that is left of the dots, and the comma that stands there only for their sake. */
    private void tidyCommas() {
        for (int i = 0; i < clean.length(); i++) {
            if (clean.charAt(i) == '"') {
                at = i;
                i = endOfString() - 1;
            } else if (clean.charAt(i) == '\u2026') {
                clean.setCharAt(i, ' ');
                int before = neighbour(i, -1);
                int after = neighbour(i, 1);
                if (before >= 0
                        && clean.charAt(before) == ','
                        && (after < 0 || ",]}".indexOf(clean.charAt(after)) >= 0)) {
                    clean.setCharAt(before, ' ');
                } else if (before >= 0
                        && "[{".indexOf(clean.charAt(before)) >= 0
                        && after >= 0
                        && clean.charAt(after) == ',') {
                    clean.setCharAt(after, ' ');
                }
            }
        }
    }

    private int neighbour(int from, int step) {
        int i = from + step;
        while (i >= 0 && i < clean.length() && Character.isWhitespace(clean.charAt(i))) {
            i += step;
        }
        return i < clean.length() ? i : -1;
    }

    private static String shortened(String text) {
        String oneLine = text.strip().replaceAll("\\s+", " ");
        return oneLine.length() <= 40 ? oneLine : oneLine.substring(0, 37) + "...";
    }
}
