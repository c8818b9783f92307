package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.spring.permission.CheckedOperation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers of permissions in words: the table of a start, and what to do about the denials in it. */
final class DenialText {

    private static final List<String> HEADER = List.of("operation", "topic", "outcome", "policy");

    private DenialText() {}

    /** What a client may do, one line for each operation. */
    static String table(String client, Collection<CheckedOperation> checked) {
        List<List<String>> rows = checked.stream()
                .map(each -> List.of(
                        each.operation().name().toLowerCase(Locale.ROOT),
                        each.topic(),
                        each.outcome().toString(),
                        each.policy().orElse("-")))
                .collect(Collectors.toList());
        rows.add(0, HEADER);
        int[] widths = new int[HEADER.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return "Permissions of client [" + client + "] for what this application declares:"
                + rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, int... widths) {
        StringBuilder line = new StringBuilder(System.lineSeparator());
        for (int i = 0; i < widths.length; i++) {
            line.append("  ")
                    .append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }

    /** The explanation of each, and who declares it. */
    static String explained(Collection<CheckedOperation> denied) {
        return denied.stream()
                .map(each -> each.explanation() + System.lineSeparator() + "  declared   by " + each.declaredBy()
                        + ", for client [" + each.client() + "]")
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** By client, the policy that allows all it declares; none where no policy allows anything, as with tokens. */
    static Map<String, String> policies(
            Collection<CheckedOperation> denied, Function<String, Optional<String>> policyOf) {
        Map<String, String> policies = new TreeMap<>();
        denied.stream()
                .filter(each -> !each.verdict().parts().isEmpty())
                .map(CheckedOperation::client)
                .distinct()
                .forEach(client -> policyOf.apply(client).ifPresent(policy -> policies.put(client, policy)));
        return policies;
    }

    /** The policies to paste, each on lines of its own after a line break; nothing if there is none. */
    static String granted(Map<String, String> policies) {
        return policies.entrySet().stream()
                .map(each -> System.lineSeparator() + "This policy allows client [" + each.getKey()
                        + "] all that this application declares, and nothing else:" + System.lineSeparator()
                        + each.getValue().stripTrailing())
                .collect(Collectors.joining());
    }
}
