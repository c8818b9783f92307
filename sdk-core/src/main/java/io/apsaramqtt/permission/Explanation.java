package io.apsaramqtt.permission;

import io.apsaramqtt.permission.Verdict.Part;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.resource.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A verdict in words: what was asked, the outcome, who, what came nearest, how old it is, and what would allow it. */
record Explanation(
        Operation operation,
        String topic,
        Verdict verdict,
        EffectivePermissions permissions,
        Optional<String> accessKeyId,
        Instant now,
        Freshness freshness) {

    String text() {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        Optional<Part> deciding = verdict.deciding();
        lines.add(title() + ": " + operation + " '" + topic + "'"
                + deciding.map(part -> " (" + part.requirement() + ")").orElse(""));
        lines.add(line("outcome", new OutcomeText(operation, topic, verdict, permissions.grants()).text()));
        lines.add(line("principal", principal()));
        deciding.flatMap(this::nearest).ifPresent(nearest -> lines.add(line("nearest", nearest)));
        advice().ifPresent(advice -> lines.add(line("note", advice)));
        lines.add(line("read at", readAt()));
        if (verdict.isDenied()) {
            lines.add(line(verdict.outcome() == Outcome.EXPLICIT_DENY ? "to permit" : "to allow", remedy(deciding)));
        }
        return lines.toString();
    }

    private static String line(String name, String value) {
        return "  " + (name + " ".repeat(11)).substring(0, 11) + value;
    }

    private String title() {
        return verdict.isDenied() ? "Not permitted" : verdict.outcome() == Outcome.ALLOWED ? "Permitted" : "Not known";
    }

    private String principal() {
        return permissions.principal()
                + accessKeyId.map(id -> " (AccessKey " + id + ")").orElse("");
    }

    private Optional<String> nearest(Part part) {
        if (verdict.outcome() != Outcome.IMPLICIT_DENY
                || part.decision().limitedBy().isPresent()
                || !(permissions.grants() instanceof Grants.Policies granted)) {
            return Optional.empty();
        }
        Requirement missing = part.requirement();
        return granted.layers()
                .account()
                .nearestAllow(missing.action(), missing.resource())
                .map(statement -> statement + " allows " + missing.action() + " on "
                        + statement.resources().stream()
                                .map(Explanation::relativeId)
                                .collect(Collectors.joining(", ")));
    }

    private static String relativeId(String resource) {
        String[] fields = resource.split(":", 5);
        return fields.length == 5 ? fields[4] : resource;
    }

    private Optional<String> advice() {
        return verdict.parts().stream()
                .filter(part -> part.isAdvised() && part.decision().outcome() == Outcome.IMPLICIT_DENY)
                .findFirst()
                .map(part -> part.requirement() + " is missing, which some pages of the service ask for");
    }

    private String readAt() {
        Duration age = Duration.between(permissions.readAt(), now);
        return permissions.readAt().truncatedTo(ChronoUnit.SECONDS) + " from " + permissions.source() + " ("
                + freshness.name().toLowerCase(Locale.ROOT) + ", " + Math.max(0, age.toSeconds()) + " s old)";
    }

    private String remedy(Optional<Part> deciding) {
        if (permissions.grants() instanceof Grants.Rules) {
            return "apply for a token, or add a rule, that covers '" + topic + "'";
        }
        if (verdict.outcome() == Outcome.EXPLICIT_DENY) {
            return "change or detach "
                    + deciding.map(part -> OutcomeText.named(part.decision().statements()))
                            .orElse("the Deny");
        }
        String where = deciding.flatMap(part -> part.decision().limitedBy())
                .map(layer -> "in the " + layer + ": ")
                .orElse("");
        return where + statements();
    }

    /** The statements that would allow what is missing. */
    private String statements() {
        return verdict.parts().stream()
                .filter(part -> part.effect() == Outcome.IMPLICIT_DENY)
                .map(Part::requirement)
                .map(missing -> "{\"Effect\":\"Allow\",\"Action\":\"" + missing.action() + "\",\"Resource\":\""
                        + missing.resource() + "\"}")
                .collect(Collectors.joining(","));
    }
}
