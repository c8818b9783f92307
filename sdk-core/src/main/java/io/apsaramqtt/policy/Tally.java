package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts the statements that apply to one request, and those that may. Not thread-safe. */
final class Tally {

    private final List<Statement> denies = new ArrayList<>();
    private final List<Statement> allows = new ArrayList<>();
    private final List<Statement> openDenies = new ArrayList<>();
    private final List<Statement> openAllows = new ArrayList<>();
    private boolean changesWithTime;

    void add(Statement statement, Match match) {
        boolean deny = statement.effect() == Effect.DENY;
        switch (match) {
            case YES -> (deny ? denies : allows).add(statement);
            case MAYBE -> (deny ? openDenies : openAllows).add(statement);
            case NO -> {}
        }
    }

    /** A statement was looked at whose conditions ask for the time. */
    void addTimed() {
        changesWithTime = true;
    }

    /** Any matching Deny, else any matching Allow, else an implicit deny; over every way the open ones may be decided. */
    Set<Outcome> possible() {
        if (!denies.isEmpty()) {
            return EnumSet.of(Outcome.EXPLICIT_DENY);
        }
        Set<Outcome> possible = EnumSet.noneOf(Outcome.class);
        if (!openDenies.isEmpty()) {
            possible.add(Outcome.EXPLICIT_DENY);
        }
        if (!allows.isEmpty() || !openAllows.isEmpty()) {
            possible.add(Outcome.ALLOWED);
        }
        if (allows.isEmpty()) {
            possible.add(Outcome.IMPLICIT_DENY);
        }
        return possible;
    }

    /** The decision, its evidence in this order, in whatever order it was found. */
    Decision decision(Comparator<Statement> order) {
        for (List<Statement> found : List.of(denies, allows, openDenies, openAllows)) {
            found.sort(order);
        }
        return decision();
    }

    Decision decision() {
        return new Decision(possible(), evidence(), List.of(), Optional.empty(), changesWithTime);
    }

    private List<Statement> evidence() {
        if (!denies.isEmpty()) {
            return denies;
        }
        if (!allows.isEmpty()) {
            return openDenies.isEmpty() ? allows : openDenies;
        }
        List<Statement> open = new ArrayList<>(openDenies);
        open.addAll(openAllows);
        return open;
    }
}
