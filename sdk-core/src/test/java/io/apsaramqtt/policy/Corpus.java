package io.apsaramqtt.policy;

import io.apsaramqtt.policy.NaiveLayers.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Known decisions: from the pages of RAM and MQ, from its system policies and from other engines of the same kind
 * ({@code ram-vectors.json}), and of our own for what cannot be known ({@code unknown-vectors.json}).
 */
final class Corpus {

    private static final String UNKNOWN_PART = "{unknown}";

    private Corpus() {}

    /** One known decision, or several for one operation. */
    record Vector(JsonNode node) {

        String id() {
            return node.get("id").asString();
        }

        String title() {
            return id() + ": " + node.get("why").asString();
        }

        NaiveLayers layers() {
            return new NaiveLayers(
                    layer("control_policies"),
                    layer("session_policies"),
                    policies("policies"),
                    layer("resource_group_policies"));
        }

        /** What is listed is present; what is listed as unknowable is so; every other key of the policies is absent. */
        RequestContext context() {
            Map<String, List<String>> present = new HashMap<>();
            for (Map.Entry<String, JsonNode> key : node.path("context").properties()) {
                JsonNode value = key.getValue();
                present.put(key.getKey(), value.isArray() ? texts(value).toList() : List.of(value.asString()));
            }
            if (!node.has("unknowable")) {
                return RequestContext.complete(present);
            }
            Set<String> absent = new HashSet<>(conditionKeys());
            absent.removeAll(present.keySet());
            texts(node.get("unknowable")).forEach(absent::remove);
            return RequestContext.partial(present, absent);
        }

        /** The outcomes that are right. */
        List<Outcome> right() {
            return Stream.concat(Stream.of(node.get("expected")), elements(node.path("accept")))
                    .map(Vector::outcome)
                    .toList();
        }

        /** Every outcome that must be possible. */
        Set<Outcome> possible() {
            return elements(node.get("possible"))
                    .map(Vector::outcome)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Outcome.class)));
        }

        List<Check> checks() {
            Stream<JsonNode> nodes = node.has("checks") ? elements(node.get("checks")) : Stream.of(node);
            return nodes.map(check -> new Check(
                            check.get("action").asString(),
                            ResourceName.of(
                                    check.get("resource").asString().replace(UNKNOWN_PART, ResourceName.UNKNOWN))))
                    .toList();
        }

        @Override
        public String toString() {
            return title();
        }

        private Layer layer(String member) {
            if (texts(node.path("unread_layers")).anyMatch(member::equals)) {
                return Layer.UNREAD;
            }
            return node.has(member) ? Layer.of(policies(member)) : Layer.NOT_IN_FORCE;
        }

        PolicySet policies(String member) {
            List<Policy> policies = new ArrayList<>();
            elements(node.get(member))
                    .forEach(document ->
                            policies.add(Policy.parse(member + " " + policies.size(), document.toString())));
            return new PolicySet(policies);
        }

        private Set<String> conditionKeys() {
            return layers().statements()
                    .flatMap(statement -> statement.conditionKeys().stream())
                    .collect(Collectors.toSet());
        }

        private static Outcome outcome(JsonNode name) {
            return Outcome.valueOf(name.asString().equals("ALLOW") ? "ALLOWED" : name.asString());
        }
    }

    /** One action on one resource. */
    record Check(String action, ResourceName resource) {}

    static List<Vector> vectors() {
        return read("/ram-vectors.json", "vectors");
    }

    static List<Vector> compounds() {
        return read("/ram-vectors.json", "compound");
    }

    static List<Vector> unknownVectors() {
        return read("/unknown-vectors.json", "vectors");
    }

    private static List<Vector> read(String resource, String member) {
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(resource))) {
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

    private static Stream<String> texts(JsonNode node) {
        return elements(node).map(JsonNode::asString);
    }
}
