package io.apsaramqtt.openapi;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.openapi.CallerIdentity.RamUser;
import io.apsaramqtt.openapi.CallerIdentity.RoleSession;
import io.apsaramqtt.openapi.LayersApi.Attached;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicyLayers;
import io.apsaramqtt.policy.PolicySet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all that was granted to the owner of an AccessKey. The lists come first, then the default version of each distinct
 * policy. Where one is gone by then, the lists have changed meanwhile and are read anew: to leave it out could deny what its
 * successor allows.
 *
 * @param caller makes the calls
 * @param concurrently a few of them at a time
 * @param settings where, and which layers there are not
 * @param clock dates what was read
 */
record RamReader(OpenApiCaller caller, Concurrently concurrently, RamSettings settings, Clock clock) {

    static final String SOURCE = "RAM";

    private static final Logger log = LoggerFactory.getLogger(RamReader.class);
    private static final int READINGS = 3;

    private static final String EVERYTHING =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    CallerIdentity identity(AccessKey accessKey) {
        return called(() -> new RamApi(caller, settings.endpoints(), accessKey).callerIdentity());
    }

    /** Among the few at a time, as any other: whoever reads for another principal may be making calls now. */
    private <T> T called(Supplier<T> call) {
        return concurrently.start(call).get();
    }

    /**
     * What {@code identity} was granted.
     *
     * @throws OpenApiException if it cannot be read
     * @throws io.apsaramqtt.policy.MalformedPolicyException if a policy is none
     */
    EffectivePermissions read(CallerIdentity identity, AccessKey accessKey) {
        return new EffectivePermissions(
                identity.principal(), new Grants.Policies(layers(identity, accessKey)), clock.instant(), SOURCE);
    }

    private PolicyLayers layers(CallerIdentity identity, AccessKey accessKey) {
        if (identity instanceof CallerIdentity.Account) {
            // It has no policies, and control policies do not bind it.
            return PolicyLayers.of(PolicySet.of(Policy.parse("of the account itself", EVERYTHING)));
        }
        for (int reading = 1; ; reading++) {
            try {
                return new Reading(identity, accessKey).layers();
            } catch (OpenApiException e) {
                boolean gone = e.code().filter(RamReader::isOfList).isPresent();
                if (!gone || reading == READINGS) {
                    throw e;
                }
                log.debug("What RAM listed is gone, reading the lists anew", e);
            }
        }
    }

    private static boolean isOfList(String code) {
        return code.startsWith("EntityNotExist.Policy") || code.startsWith("EntityNotExist.Group");
    }

    /** One pass. */
    private final class Reading {
        private final CallerIdentity identity;
        private final RamApi ram;
        private final LayersApi beside;
        private final Map<PolicyKey, List<String>> attachments = new LinkedHashMap<>();
        private final List<Attached> principals = new ArrayList<>();

        Reading(CallerIdentity identity, AccessKey accessKey) {
            this.identity = identity;
            this.ram = new RamApi(caller, settings.endpoints(), accessKey);
            this.beside = new LayersApi(caller, settings.endpoints(), accessKey);
        }

        PolicyLayers layers() {
            Supplier<Optional<String>> control = settings.controlPolicies()
                    ? concurrently.start(() -> beside.unreadControlPolicies(identity.accountId()))
                    : Optional::empty;
            if (identity instanceof RoleSession session) {
                add(session);
            } else if (identity instanceof RamUser user) {
                add(user);
            }
            Supplier<Optional<String>> resourceGroup = settings.resourceGroupPolicies()
                    ? concurrently.start(
                            () -> beside.unreadResourceGroupPolicies(identity.accountId(), List.copyOf(principals)))
                    : Optional::empty;
            PolicyLayers layers = PolicyLayers.of(new PolicySet(Concurrently.all(attachments.entrySet().stream()
                    .map(entry -> concurrently.start(() -> policy(entry.getKey(), entry.getValue())))
                    .toList())));
            if (identity instanceof RoleSession) {
                layers = layers.withUnreadSessionPolicy(
                        "the policy passed to AssumeRole, if any, can be asked of nobody");
            }
            layers = control.get().map(layers::withUnreadControlPolicies).orElse(layers);
            return resourceGroup
                    .get()
                    .map(layers::withUnreadResourceGroupPolicies)
                    .orElse(layers);
        }

        private void add(RoleSession session) {
            List<PolicyKey> policies = called(() -> ram.policiesForRole(session.role()));
            attach(policies, "role " + session.role());
            principals.add(Attached.toRole(session.role(), policies));
        }

        private void add(RamUser user) {
            Supplier<List<PolicyKey>> direct = concurrently.start(() -> ram.policiesForUser(user.name()));
            List<String> groups = called(() -> ram.groupsForUser(user.name()));
            List<Supplier<List<PolicyKey>>> ofGroups = groups.stream()
                    .map(group -> concurrently.start(() -> ram.policiesForGroup(group)))
                    .toList();
            attach(direct.get(), "");
            principals.add(Attached.toUser(user.name(), direct.get()));
            for (int i = 0; i < groups.size(); i++) {
                attach(ofGroups.get(i).get(), "group " + groups.get(i));
                principals.add(Attached.toGroup(groups.get(i), ofGroups.get(i).get()));
            }
        }

        private void attach(List<PolicyKey> policies, String to) {
            for (PolicyKey policy : policies) {
                List<String> known = attachments.computeIfAbsent(policy, key -> new ArrayList<>());
                if (!to.isEmpty()) {
                    known.add(to);
                }
            }
        }

        private Policy policy(PolicyKey key, List<String> attachedTo) {
            return Policy.parse(key.name(), ram.document(key)).attachedTo(String.join(", ", attachedTo));
        }
    }
}
