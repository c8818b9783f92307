package io.apsaramqtt.policy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Decisions known from the pages of RAM and MQ, from its system policies, and from other engines of the same kind. */
final class Corpus {

    private static final List<String> LAYERS =
            List.of("control_policies", "session_policies", "resource_group_policies", "principal");

    private Corpus() {}

    /** One known decision, or several for one operation. */
    record Vector(JsonNode node) {

        String id() {
            return node.get("id").asString();
        }

        String title() {
            return id() + ": " + node.get("why").asString();
        }

        PolicySet policies() {
            List<Policy> policies = elements(node.get("policies"))
                    .map(document -> Policy.parse(id(), document.toString()))
                    .toList();
            return new PolicySet(policies);
        }

        /** The outcomes that are right, as the names of {@link Outcome}. */
        List<String> right() {
            return Stream.concat(Stream.of(node.get("expected")), elements(node.path("accept")))
                    .map(JsonNode::asString)
                    .map(name -> name.equals("ALLOW") ? "ALLOWED" : name)
                    .toList();
        }

        Stream<JsonNode> checks() {
            return node.has("checks") ? elements(node.get("checks")) : Stream.of(node);
        }

        boolean needsALayer() {
            return LAYERS.stream().anyMatch(node::has);
        }

        /** Whether a statement with a condition names the action and the resource. */
        boolean needsACondition() {
            return elements(node.get("policies"))
                    .flatMap(policy -> elements(policy.get("Statement")))
                    .filter(statement -> statement.has("Condition"))
                    .anyMatch(statement -> checks().anyMatch(check -> names(statement, "Action", check.get("action"))
                            && names(statement, "Resource", check.get("resource"))));
        }

        @Override
        public String toString() {
            return title();
        }

        private static boolean names(JsonNode statement, String member, JsonNode value) {
            if (statement.has("Not" + member)) {
                return !namesAny(statement.get("Not" + member), value.asString());
            }
            return namesAny(statement.get(member), value.asString());
        }

        private static boolean namesAny(JsonNode patterns, String value) {
            Stream<JsonNode> all = patterns.isArray() ? elements(patterns) : Stream.of(patterns);
            return all.anyMatch(
                    pattern -> regex(pattern.asString()).matcher(value).matches());
        }

        private static Pattern regex(String pattern) {
            return Pattern.compile(
                    pattern.chars()
                            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                            .collect(Collectors.joining()),
                    Pattern.CASE_INSENSITIVE);
        }
    }

    static List<Vector> vectors() {
        return read("vectors");
    }

    static List<Vector> compounds() {
        return read("compound");
    }

    private static List<Vector> read(String member) {
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream("/ram-vectors.json"))) {
            return elements(new ObjectMapper().readTree(in).get(member))
                    .map(Vector::new)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
