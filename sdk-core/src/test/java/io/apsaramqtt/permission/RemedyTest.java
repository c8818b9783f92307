package io.apsaramqtt.permission;

import static io.apsaramqtt.permission.Granted.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements after "to allow" in an explanation, when added to the policies, do allow the operation. */
class RemedyTest {

    static Stream<Arguments> denied() {
        return Stream.of(
                arguments("no policy", Granted.by()),
                arguments("the wrong topic", Granted.byStatements(allow("mq:*", "topic/post-cn-x/sensors"))),
                arguments("instance access required", Granted.by().withInstanceAccessRequired()),
                arguments(
                        "region and account known",
                        Granted.by()
                                .on(ServiceInstance.of("post-cn-x")
                                        .withRegionId("cn-hangzhou")
                                        .withAccountId("1234567890123456"))),
                arguments("store instance unknown", Granted.by().in(Dialect.MQTT_PREVIOUS)),
                arguments("an older generation", Granted.by().in(Dialect.MQ_2019)),
                arguments("group unknown", Granted.by().withoutGroup()),
                arguments(
                        "prerequisite of an older generation held",
                        Granted.byStatements(allow("mq:OnsInstanceBaseInfo", "post-cn-x"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("denied")
    void allowsAPublish(String situation, Granted granted) {
        TopicName topic = TopicName.of("alarms/device-1");
        assertThat(granted.permissions().checkPublish(topic).isDenied())
                .as(situation)
                .isTrue();
        Granted more = with(granted, granted.permissions().explainPublish(topic.value()));
        assertThat(more.permissions().checkPublish(topic).outcome())
                .as(situation)
                .isEqualTo(Outcome.ALLOWED);
        assertThat(more.permissions().checkPublish(TopicName.of("billing")).isDenied())
                .as("no more than asked for")
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("denied")
    void allowsASubscribe(String situation, Granted granted) {
        TopicFilter filter = TopicFilter.of("alarms/#");
        assertThat(granted.permissions().checkSubscribe(filter).isDenied())
                .as(situation)
                .isTrue();
        Granted more = with(granted, granted.permissions().explainSubscribe(filter.value()));
        assertThat(more.permissions().checkSubscribe(filter).outcome())
                .as(situation)
                .isEqualTo(Outcome.ALLOWED);
        assertThat(more.permissions().checkPublish(TopicName.of("alarms")).isDenied())
                .as("no more than asked for")
                .isTrue();
    }

    private static Granted with(Granted granted, String explanation) {
        String statements = explanation.substring(explanation.indexOf("to allow   ") + "to allow   ".length());
        List<Policy> policies = new ArrayList<>(granted.policies().policies());
        policies.add(Policy.parse("remedy", "{\"Version\":\"1\",\"Statement\":[" + statements + "]}"));
        return granted.withPolicies(new PolicySet(policies));
    }
}
