package io.apsaramqtt.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A generated policy allows what was asked and nothing beside it, asked through the client's own door. */
class LeastPrivilegePropertyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T16:00:00Z");
    private static final ServiceInstance INSTANCE = ServiceInstance.of("post-cn-x")
            .withStoreInstanceId("MQ_INST_1")
            .withRegionId("cn-hangzhou")
            .withAccountId("123");

    @Property(tries = 200)
    void whatWasAskedIsAllowedAndNothingElse(
            @ForAll Dialect dialect,
            @ForAll boolean namespace,
            @ForAll("parents") Set<String> published,
            @ForAll("parents") Set<String> subscribed) {
        Assume.that(!published.isEmpty() || !subscribed.isEmpty());
        boolean upgraded = dialect == Dialect.AUTO || dialect == Dialect.MQTT_UPGRADED;
        Assume.that(namespace || !upgraded);
        LeastPrivilege asked = LeastPrivilege.on(INSTANCE)
                .inDialect(dialect)
                .forGroup("GID_demo")
                .publishing(published.stream()
                        .map(parent -> TopicName.of(parent + "/x"))
                        .toArray(TopicName[]::new))
                .subscribing(subscribed.stream()
                        .map(parent -> TopicFilter.of(parent + "/#"))
                        .toArray(TopicFilter[]::new));
        String document =
                (namespace ? asked : asked.withoutNamespace()).policy().document();
        assertThat(document).endsWith("}\n");
        assertThat(new PolicyLinter().lint("generated", document)).isEmpty();
        for (Dialect configured : List.of(dialect, Dialect.AUTO)) {
            Permissions permissions = permissions(document, configured, "GID_demo");
            Permissions otherGroup = permissions(document, configured, "GID_other");
            for (String parent :
                    List.of("alarms", "al", "billing", "events\u4e2d", "q\"uote", "back\\slash", "sibling")) {
                assertThat(permissions.checkPublish(TopicName.of(parent + "/x")).outcome())
                        .as("publish %s in %s", parent, configured)
                        .isEqualTo(published.contains(parent) ? Outcome.ALLOWED : Outcome.IMPLICIT_DENY);
                TopicFilter filter = TopicFilter.of(parent + "/#");
                assertThat(permissions.checkSubscribe(filter).outcome())
                        .as("subscribe %s in %s", parent, configured)
                        .isEqualTo(subscribed.contains(parent) ? Outcome.ALLOWED : Outcome.IMPLICIT_DENY);
                assertThat(otherGroup.checkSubscribe(filter).outcome()).isEqualTo(Outcome.IMPLICIT_DENY);
            }
        }
    }

    private static Permissions permissions(String document, Dialect dialect, String groupId) {
        EffectivePermissions read = EffectivePermissions.of(PolicySet.parse("generated", document), NOW, "generated");
        return new Permissions(
                new PermissionScope(INSTANCE, Optional.of(groupId), dialect, true),
                () -> read,
                Optional::empty,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Provide
    Arbitrary<Set<String>> parents() {
        return Arbitraries.of("alarms", "al", "billing", "events\u4e2d", "q\"uote", "back\\slash")
                .set()
                .ofMaxSize(3);
    }
}
