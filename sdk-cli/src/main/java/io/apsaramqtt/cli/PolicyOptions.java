package io.apsaramqtt.cli;

import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The policies that bear on the principal, layer by layer. Not thread-safe. */
final class PolicyOptions {

    private static final String POLICY = "--policy";
    private static final String CONTROL = "--control-policy";
    private static final String RESOURCE_GROUP = "--resource-group-policy";

    @Option(
            names = POLICY,
            required = true,
            arity = "1..*",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = {
                "A RAM policy document, or a set of named ones; or, in place of a file, the name of a system policy of MQ"
                        + " (write ./NAME for a file of that name).",
                "All that are given hold together."
            })
    @SuppressWarnings("NullAway.Init") // required
    private List<String> policies;

    @Option(
            names = CONTROL,
            arity = "1..*",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Control policies of the resource directory: what they do not allow is denied."
                    + " Default: none in force.")
    private List<String> controlPolicies = new ArrayList<>();

    @Option(
            names = "--session-policy",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description =
                    "Session policy of a role, of which a session has one: what it does not allow is denied. Default: none in force.")
    private @Nullable String sessionPolicy;

    @Option(
            names = RESOURCE_GROUP,
            arity = "1..*",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Policies at the level of the resource group: asked where those of --policy say nothing."
                    + " Default: none in force.")
    private List<String> resourceGroupPolicies = new ArrayList<>();

    /**
     * The policies that were given.
     *
     * @param layers all of them
     * @param grants those that can grant something: of the account and of the resource group
     * @param source where they were read, in words
     */
    record Read(PolicyLayers layers, PolicySet grants, String source) {}

    Read read(GivenOptions given, PolicyFiles files) {
        List<String> accountFiles = given.every(POLICY, policies);
        PolicySet account = set(accountFiles, files);
        PolicyLayers layers = PolicyLayers.of(account);
        List<String> sources = new ArrayList<>(accountFiles);
        Optional<PolicySet> control = layer(given.every(CONTROL, controlPolicies), "control policies", files, sources);
        Optional<PolicySet> session =
                layer(Stream.ofNullable(sessionPolicy).toList(), "session policy", files, sources);
        Optional<PolicySet> group =
                layer(given.every(RESOURCE_GROUP, resourceGroupPolicies), "resource group policies", files, sources);
        layers = control.map(layers::withControlPolicies).orElse(layers);
        layers = session.map(layers::withSessionPolicy).orElse(layers);
        layers = group.map(layers::withResourceGroupPolicies).orElse(layers);
        List<Policy> grants = Stream.concat(Stream.of(account), group.stream())
                .flatMap(set -> set.policies().stream())
                .toList();
        return new Read(layers, new PolicySet(grants), String.join(", ", sources));
    }

    private static Optional<PolicySet> layer(
            List<String> names, String layer, PolicyFiles files, List<String> sources) {
        names.forEach(name -> sources.add(name + " (" + layer + ")"));
        return names.isEmpty() ? Optional.empty() : Optional.of(set(names, files));
    }

    private static PolicySet set(List<String> names, PolicyFiles files) {
        return new PolicySet(names.stream()
                .flatMap(name -> files.named(name, Path.of("")).stream())
                .toList());
    }
}
