package io.apsaramqtt.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The table of all faults that were tried in this run. Thread-safe. Tests get it from {@link FaultReporting}. */
public final class FaultReport {

    private final List<FaultRow> rows = new CopyOnWriteArrayList<>();

    FaultReport() {}

    /** Appends a line. */
    public void add(FaultRow row) {
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The table, in the order in which the faults were tried. */
    public String markdown() {
        return rows.stream().map(FaultRow::markdown).collect(Collectors.joining("", FaultRow.HEAD, ""));
    }
}
