package io.apsaramqtt.advice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Turns places of a text into lines and columns, both from 1, and back. Immutable. */
final class TextPlaces {

    private final List<Integer> lineStarts = new ArrayList<>();

    TextPlaces(String text) {
        lineStarts.add(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ofPair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if ((c == '\n' || c == '\r') && !ofPair) {
                lineStarts.add(i + 1);
            }
        }
    }

    int index(int line, int column) {
        return lineStarts.get(line - 1) + column - 1;
    }

    int line(int index) {
        int found = Collections.binarySearch(lineStarts, index);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int column(int index) {
        return index - lineStarts.get(line(index) - 1) + 1;
    }
}
