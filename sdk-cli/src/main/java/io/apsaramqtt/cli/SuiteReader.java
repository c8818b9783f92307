package io.apsaramqtt.cli;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads suites and runs them. What is wrong with one case fails that case alone. Not thread-safe. */
final class SuiteReader {

    private static final Set<String> SUITE_MEMBERS = new TreeSet<>(Set.of("meta", "vectors", "compound"));
    private static final Set<String> CHECK_MEMBERS = new TreeSet<>(Set.of("action", "resource"));

    /** The last seven are for people, and change nothing. */
    private static final Set<String> CASE_MEMBERS = new TreeSet<>(Set.of(
            "id",
            "policies",
            "control_policies",
            "session_policies",
            "resource_group_policies",
            "unread_layers",
            "context",
            "unknowable",
            "action",
            "resource",
            "checks",
            "expected",
            "accept",
            "possible",
            "why",
            "source",
            "confidence",
            "operation",
            "attachment",
            "principal",
            "note"));

    private static final String UNREAD = "the suite says so";
    private static final Map<String, Function<PolicyLayers, PolicyLayers>> UNREAD_LAYERS = Map.of(
            "control_policies", layers -> layers.withUnreadControlPolicies(UNREAD),
            "session_policies", layers -> layers.withUnreadSessionPolicy(UNREAD),
            "resource_group_policies", layers -> layers.withUnreadResourceGroupPolicies(UNREAD));
    private static final Map<String, BiFunction<PolicyLayers, PolicySet, PolicyLayers>> READ_LAYERS = Map.of(
            "control_policies", PolicyLayers::withControlPolicies,
            "session_policies", PolicyLayers::withSessionPolicy,
            "resource_group_policies", PolicyLayers::withResourceGroupPolicies);

    private final Path path;
    private final String file;
    private final Path folder;
    private final PolicyFiles files;
    private final Map<String, Integer> lineOfId = new HashMap<>();

    SuiteReader(Path file, PolicyFiles files) {
        this.path = file;
        this.file = file.toString();
        this.folder = file.resolveSibling("");
        this.files = files;
    }

    /**
     * Runs every case.
     *
     * @throws BadInputException if the file is no suite, with line and column
     */
    List<CaseResult> run() {
        SuiteNode suite = SuiteNode.read(file, TextFile.read("Suite", path));
        requireKnownMembers(suite.requireObject("the suite"), "a suite", SUITE_MEMBERS);
        List<SuiteNode> cases = new ArrayList<>();
        suite.member("vectors").ifPresent(vectors -> cases.addAll(vectors.array("vectors")));
        suite.member("compound").ifPresent(compound -> cases.addAll(compound.array("compound")));
        if (cases.isEmpty()) {
            throw suite.malformed("the suite holds no case; write them as \"vectors\": [{...}]");
        }
        return cases.stream().map(this::run).toList();
    }

    private CaseResult run(SuiteNode node) {
        int line = node.span().line();
        String id = node.member("id")
                .map(SuiteNode::text)
                .filter(text -> !text.isEmpty())
                .orElse("without ID");
        CaseResult.Title title = new CaseResult.Title(id, line);
        try {
            return read(title, node).run();
        } catch (ApsaraMqttException e) {
            return CaseResult.malformed(title, e.getMessage());
        }
    }

    private SuiteCase read(CaseResult.Title title, SuiteNode node) {
        requireKnownMembers(node.requireObject("a case"), "a case", CASE_MEMBERS);
        SuiteNode id = node.required("id");
        Integer before = lineOfId.putIfAbsent(id.string("id"), title.line());
        if (before != null) {
            throw id.malformed("id [" + title.id() + "] is that of the case in line " + before + " too");
        }
        Map<String, List<Policy>> policies = new HashMap<>();
        policies.put("policies", policies("policies", node.required("policies")));
        READ_LAYERS
                .keySet()
                .forEach(layer -> node.member(layer).ifPresent(list -> policies.put(layer, policies(layer, list))));
        return new SuiteCase(
                title,
                layers(node, policies),
                CaseKnowledge.of(node, policies.values()),
                checks(node),
                right(node),
                node.member("possible").map(possible -> outcomes("possible", possible)));
    }

    private static PolicyLayers layers(SuiteNode node, Map<String, List<Policy>> policies) {
        PolicyLayers layers = PolicyLayers.of(new PolicySet(policies.getOrDefault("policies", List.of())));
        for (Map.Entry<String, BiFunction<PolicyLayers, PolicySet, PolicyLayers>> layer : READ_LAYERS.entrySet()) {
            List<Policy> read = policies.get(layer.getKey());
            layers = read == null ? layers : layer.getValue().apply(layers, new PolicySet(read));
        }
        for (SuiteNode unread : node.member("unread_layers")
                .map(list -> list.array("unread_layers"))
                .orElse(List.of())) {
            String name = unread.string("a layer of unread_layers");
            Function<PolicyLayers, PolicyLayers> layer = UNREAD_LAYERS.get(name);
            if (layer == null) {
                throw unread.malformed(
                        "[" + name + "] is no layer; allowed are " + new TreeSet<>(UNREAD_LAYERS.keySet()));
            }
            if (policies.containsKey(name)) {
                throw unread.malformed(name + " is both given and unread; remove one");
            }
            layers = layer.apply(layers);
        }
        return layers;
    }

    /** Documents as they stand, or the names of system policies and of files beside the suite. */
    private List<Policy> policies(String layer, SuiteNode list) {
        List<Policy> policies = new ArrayList<>();
        int index = 0;
        for (SuiteNode node : list.array(layer)) {
            if (node.isString()) {
                policies.addAll(files.named(node.text(), folder));
            } else {
                Policy policy = Policy.parse(
                        file + " " + layer + "[" + index + "]",
                        node.requireObject("a policy").textInPlace());
                files.standsIn(file, policy);
                policies.add(policy);
            }
            index++;
        }
        return policies;
    }

    private static List<SuiteCase.Request> checks(SuiteNode node) {
        Optional<SuiteNode> several = node.member("checks");
        if (several.isEmpty()) {
            return List.of(check(node));
        }
        if (node.member("action").isPresent() || node.member("resource").isPresent()) {
            throw node.malformed("a case has either checks, or action and resource; not both");
        }
        List<SuiteCase.Request> checks = new ArrayList<>();
        for (SuiteNode check : several.get().array("checks")) {
            requireKnownMembers(check.requireObject("a check"), "a check", CHECK_MEMBERS);
            checks.add(check(check));
        }
        if (checks.isEmpty()) {
            throw several.get().malformed("checks is empty, so there is nothing to decide");
        }
        return checks;
    }

    private static SuiteCase.Request check(SuiteNode node) {
        SuiteNode resource = node.required("resource");
        try {
            return new SuiteCase.Request(
                    node.required("action").string("action"), RequestedResource.of(resource.string("resource")));
        } catch (IllegalArgumentException e) {
            throw resource.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Set<Outcome> right(SuiteNode node) {
        Set<Outcome> right = EnumSet.of(outcome("expected", node.required("expected")));
        node.member("accept").ifPresent(accept -> right.addAll(outcomes("accept", accept)));
        return right;
    }

    private static Set<Outcome> outcomes(String what, SuiteNode list) {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        list.array(what).forEach(node -> outcomes.add(outcome(what, node)));
        return outcomes;
    }

    private static Outcome outcome(String what, SuiteNode node) {
        String name = node.string(what);
        return switch (name) {
            case "ALLOW", "ALLOWED" -> Outcome.ALLOWED;
            case "EXPLICIT_DENY" -> Outcome.EXPLICIT_DENY;
            case "IMPLICIT_DENY" -> Outcome.IMPLICIT_DENY;
            case "UNKNOWN" -> Outcome.UNKNOWN;
            default ->
                throw node.malformed(what + " [" + name
                        + "] is no outcome; allowed are ALLOWED (or ALLOW), EXPLICIT_DENY, IMPLICIT_DENY and UNKNOWN");
        };
    }

    /** A misspelt member would be passed over, and the case be green for want of it. */
    private static void requireKnownMembers(SuiteNode node, String what, Set<String> known) {
        node.members().forEach((name, member) -> {
            if (!known.contains(name)) {
                throw member.malformed("unknown member [" + name + "] of " + what + "; allowed are " + known);
            }
        });
    }
}
