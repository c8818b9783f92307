package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.source.CacheTimes;
import io.apsaramqtt.permission.source.PermissionCache;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Effect;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a check allocates whose verdict is known: nothing. Measured on the thread that checks. */
class KnownTopicAllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int CHECKS = 100_000;

    /** What the compiler or the loading of a class allocates once is in one round and not in the next. */
    private static final int ROUNDS = 4;

    private static final List<TopicName> TOPICS = topics();
    private static final List<TopicFilter> FILTERS = filters();

    @Test
    void aCheckOfPoliciesAllocatesNothing() {
        Permissions permissions = Granted.byStatements(allow("mq:*", "*")).permissions();
        assertThat(bytesOfPublish(permissions)).isZero();
        assertThat(bytesOfSubscribe(permissions)).isZero();
    }

    @Test
    void aCheckOfTopicRulesAllocatesNothing() {
        Permissions permissions =
                Granted.by().permissions(new Grants.Rules(new TopicRules(List.of(rule("alarms/#"), rule("+/p2p/+")))));
        assertThat(bytesOfPublish(permissions)).isZero();
        assertThat(bytesOfSubscribe(permissions)).isZero();
    }

    @Test
    void aCheckWhereNothingWasReadAllocatesNothing() {
        Permissions permissions = Granted.by().permissions(new Grants.Unknown("no source is set"));
        assertThat(bytesOfPublish(permissions)).isZero();
        assertThat(bytesOfSubscribe(permissions)).isZero();
    }

    @Test
    void aCheckOfTheCopyThatAClientKeepsAllocatesNothing() {
        Granted granted = Granted.byStatements(allow("mq:*", "*"));
        try (PermissionCache cache = new PermissionCache(
                PermissionSource.fixed(granted.policies().policies().toArray(new Policy[0])),
                CacheTimes.standard(),
                Runnable::run,
                Clock.systemUTC())) {
            Permissions permissions = granted.permissions(cache);
            assertThat(bytesOfPublish(permissions)).isZero();
            assertThat(bytesOfSubscribe(permissions)).isZero();
        }
    }

    @Test
    void aNameNeverSeenUnderAKnownParentTopicAllocatesNothingEither() {
        Permissions permissions = Granted.byStatements(allow("mq:*", "*")).permissions();
        Verdict first = permissions.checkPublish(TopicName.of("alarms/first"));
        List<TopicName> fleet = new ArrayList<>(CHECKS);
        for (int i = 0; i < CHECKS; i++) {
            fleet.add(TopicName.of("alarms/device-" + i));
        }
        assertThat(bytes(i -> permissions.checkPublish(fleet.get(i)))).isZero();
        assertThat(fleet)
                .allSatisfy(topic -> assertThat(permissions.checkPublish(topic)).isSameAs(first));
    }

    /** The number of the check in its round. */
    @FunctionalInterface
    private interface Check {
        Verdict check(int number);
    }

    private static long bytesOfPublish(Permissions permissions) {
        return bytes(i -> permissions.requirePublish(TOPICS.get(i % TOPICS.size())));
    }

    private static long bytesOfSubscribe(Permissions permissions) {
        return bytes(i -> permissions.requireSubscribe(FILTERS.get(i % FILTERS.size())));
    }

    /** What the round that allocated least allocated. */
    private static long bytes(Check check) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CHECKS; i++) {
                if (check.check(i).outcome() == Outcome.EXPLICIT_DENY) {
                    throw new AssertionError("denied");
                }
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static List<TopicName> topics() {
        List<TopicName> topics = new ArrayList<>(List.of(TopicName.of("alarms"), TopicName.of("orders/p2p/GID@@@1")));
        for (int i = 0; i < 1_000; i++) {
            topics.add(TopicName.of("alarms/device-" + i));
        }
        return topics;
    }

    private static List<TopicFilter> filters() {
        return List.of(
                TopicFilter.of("alarms"),
                TopicFilter.of("alarms/#"),
                TopicFilter.of("alarms/+/state"),
                TopicFilter.of("$share/readers/alarms/+"));
    }

    private static TopicRule rule(String filter) {
        return new TopicRule(Effect.ALLOW, EnumSet.allOf(Operation.class), TopicFilter.of(filter));
    }
}
