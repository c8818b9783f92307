package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The statements that name one action, found by the relative ID of the resource: by a hash where a resource is exact or ends
 * in its only {@code *}, one by one where it is anything else.
 *
 * <p>Immutable.
 */
final class ActionIndex {

    /** A pattern that must be looked at, and whose it is. */
    private record Other(Statement statement, ResourcePattern pattern) {}

    private final List<Statement> all;
    private final Map<String, List<Statement>> exact = new HashMap<>();
    /** By the length of the text before the {@code *}; length 0 holds the patterns that match everything. */
    private final Map<Integer, Map<String, List<Statement>>> prefixes = new TreeMap<>();

    private final List<Other> others = new ArrayList<>();
    private final List<Statement> exceptions = new ArrayList<>();
    private final boolean timed;

    ActionIndex(String service, List<Statement> statements) {
        all = List.copyOf(statements);
        timed = all.stream().anyMatch(Statement::changesWithTime);
        for (Statement statement : statements) {
            if (statement.exceptsResources()) {
                exceptions.add(statement);
            }
            for (ResourcePattern pattern : statement.resourcePatterns()) {
                add(service, statement, pattern);
            }
        }
    }

    private void add(String service, Statement statement, ResourcePattern pattern) {
        String id = pattern.relativeId();
        int wildcard = firstWildcard(id);
        if (!pattern.isDecidedByRelativeId(service)) {
            others.add(new Other(statement, pattern));
        } else if (wildcard < 0) {
            exact.computeIfAbsent(id, key -> new ArrayList<>()).add(statement);
        } else if (wildcard == id.length() - 1 && id.charAt(wildcard) == '*') {
            prefixes.computeIfAbsent(wildcard, key -> new HashMap<>())
                    .computeIfAbsent(id.substring(0, wildcard), key -> new ArrayList<>())
                    .add(statement);
        } else {
            others.add(new Other(statement, pattern));
        }
    }

    void count(ResourceName resource, RequestContext context, Tally tally) {
        if (timed) {
            tally.addTimed();
        }
        if (resource.hasUnknownRelativeId() || resource.hasFurtherColons()) {
            // What is unknown has no hash, and a further colon gives a pattern a second reading.
            for (Statement statement : all) {
                tally.add(statement, statement.named(statement.resources(resource), context));
            }
            return;
        }
        String id = resource.rawRelativeId();
        count(exact.get(id), context, tally);
        for (Map.Entry<Integer, Map<String, List<Statement>>> prefix : prefixes.entrySet()) {
            if (prefix.getKey() > id.length()) {
                break;
            }
            count(prefix.getValue().get(id.substring(0, prefix.getKey())), context, tally);
        }
        for (Other other : others) {
            tally.add(other.statement(), other.statement().named(other.pattern().match(resource), context));
        }
        for (Statement statement : exceptions) {
            tally.add(statement, statement.named(statement.resources(resource), context));
        }
    }

    private static void count(@Nullable List<Statement> found, RequestContext context, Tally tally) {
        if (found != null) {
            for (Statement statement : found) {
                tally.add(statement, statement.named(Match.YES, context));
            }
        }
    }

    private static int firstWildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '*' || text.charAt(i) == '?') {
                return i;
            }
        }
        return -1;
    }
}
