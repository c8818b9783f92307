package io.apsaramqtt.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of all faults that a test class tried. Thread-safe. Tests get it from {@link FaultReporting}. */
public final class FaultReport {

    private final Map<String, List<FaultRow>> sections = new LinkedHashMap<>();

    FaultReport() {}

    /** Appends a line to the table below this heading. */
    public synchronized void add(String heading, FaultRow row) {
        sections.computeIfAbsent(heading, name -> new ArrayList<>()).add(row);
    }

    synchronized boolean isEmpty() {
        return sections.isEmpty();
    }

    /** A table below each heading, in the order in which the faults were tried. */
    public synchronized String markdown() {
        return sections.entrySet().stream()
                .map(section -> "## " + section.getKey() + "\n\n" + FaultRow.HEAD
                        + section.getValue().stream().map(FaultRow::markdown).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }
}
