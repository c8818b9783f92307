package io.apsaramqtt.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.resource.ServiceInstance;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is certain while something is unknown stays so, whatever the unknown turns out to be. */
class VerdictPropertyTest {

    private static final String CONDITION = ",\"Condition\":{\"Bool\":{\"acs:SecureTransport\":\"true\"}}";

    /** A statement of a policy, perhaps with a condition of which nobody knows whether it is met. */
    record Meant(String effect, String action, String resource, boolean conditional) {

        String json(boolean withCondition) {
            return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\""
                    + (withCondition ? CONDITION : "") + "}";
        }
    }

    @Property(tries = 300)
    void aCertainVerdictIsNeverContradictedByMoreKnowledge(
            @ForAll("statements") List<Meant> statements, @ForAll boolean required) {
        Permissions asked = granted(
                        statements.stream().map(s -> s.json(s.conditional())).toList(), required)
                .permissions();
        Outcome publish = publish(asked);
        Outcome subscribe = subscribe(asked);
        if (publish == Outcome.UNKNOWN && subscribe == Outcome.UNKNOWN) {
            return;
        }
        for (List<String> met : waysToBeMet(statements)) {
            for (ServiceInstance instance : instances()) {
                Permissions known = granted(met, required).on(instance).permissions();
                assertConsistent(publish, publish(known));
                assertConsistent(subscribe, subscribe(known));
            }
        }
    }

    @Property(tries = 500)
    void requiringInstanceAccessNeverAllowsMore(@ForAll("statements") List<Meant> statements) {
        List<String> json =
                statements.stream().map(s -> s.json(s.conditional())).toList();
        Permissions advised = granted(json, false).permissions();
        Permissions required = granted(json, true).permissions();
        assertThat(freedom(publish(required))).isLessThanOrEqualTo(freedom(publish(advised)));
        assertThat(freedom(subscribe(required))).isLessThanOrEqualTo(freedom(subscribe(advised)));
    }

    private static void assertConsistent(Outcome asked, Outcome known) {
        if (asked == Outcome.ALLOWED) {
            assertThat(known).isEqualTo(Outcome.ALLOWED);
        } else if (asked.isDenied()) {
            assertThat(known.isDenied()).isTrue();
        }
    }

    private static int freedom(Outcome outcome) {
        return outcome.isDenied() ? 0 : outcome == Outcome.UNKNOWN ? 1 : 2;
    }

    private static List<List<String>> waysToBeMet(List<Meant> statements) {
        List<List<String>> ways = List.of(List.of());
        for (Meant statement : statements) {
            List<List<String>> next = new ArrayList<>();
            for (List<String> way : ways) {
                List<String> met = new ArrayList<>(way);
                met.add(statement.json(false));
                next.add(met);
                if (statement.conditional()) {
                    next.add(way);
                }
            }
            ways = next;
        }
        return ways;
    }

    private static List<ServiceInstance> instances() {
        List<ServiceInstance> instances = new ArrayList<>();
        for (String store : List.of("MQ_INST_1", "MQ_INST_2")) {
            for (String region : List.of("cn-hangzhou", "cn-shanghai")) {
                instances.add(ServiceInstance.of("post-cn-x")
                        .withStoreInstanceId(store)
                        .withRegionId(region)
                        .withAccountId("1234567890123456"));
            }
        }
        return instances;
    }

    private static Granted granted(List<String> statements, boolean required) {
        Granted granted = Granted.byStatements(statements.toArray(new String[0]));
        return required ? granted.withInstanceAccessRequired() : granted;
    }

    private static Outcome publish(Permissions permissions) {
        return permissions.checkPublish(TopicName.of("alarms/x")).outcome();
    }

    private static Outcome subscribe(Permissions permissions) {
        return permissions.checkSubscribe(TopicFilter.of("alarms/#")).outcome();
    }

    @Provide
    Arbitrary<List<Meant>> statements() {
        Arbitrary<String> effects = Arbitraries.of("Allow", "Allow", "Deny");
        Arbitrary<String> actions =
                Arbitraries.of("mq:*", "mq:*", "mq:PUB", "mq:SUB", "mq:MqttInstanceAccess", "mq:OnsInstanceBaseInfo");
        Arbitrary<String> resources = Arbitraries.of(
                "*",
                "*",
                "acs:mq:*:*:topic/post-cn-x/alarms",
                "acs:mq:cn-hangzhou:*:topic/post-cn-x/*",
                "acs:mq:*:*:instance/post-cn-x",
                "acs:mq:*:*:post-cn-x*",
                "acs:mq:*:*:post-cn-x",
                "acs:mq:*:*:MQ_INST_1%alarms",
                "acs:mq:*:*:alarms",
                "acs:mq:*:*:groupId/post-cn-x/GID_demo");
        return Combinators.combine(effects, actions, resources, Arbitraries.of(true, false))
                .as(Meant::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
