package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionDeniedException;
import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.VerdictListener;
import io.apsaramqtt.policy.Outcome;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PermissionGateTest {

    private static final ClientId CLIENT = ClientId.of("GID_x", "device");
    private static final TopicName ALLOWED = TopicName.of("alarms/a");
    private static final TopicName DENIED = TopicName.of("billing/a");
    private static final TopicName UNKNOWN = TopicName.of("tagged/a");

    private final List<String> told = new ArrayList<>();

    private static Permissions permissions() {
        PolicySet policies = PolicySet.of(Policy.parse("p", """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "mq:*", "Resource": "acs:mq:*:*:topic/post-cn-x/alarms"},
                  {"Effect": "Allow", "Action": "mq:*", "Resource": "acs:mq:*:*:topic/post-cn-x/tagged",
                   "Condition": {"StringEquals": {"acs:ResourceTag/team": "red"}}}]}
                """));
        EffectivePermissions granted = EffectivePermissions.of(policies, Instant.EPOCH, "a test");
        return new Permissions(
                new PermissionScope(ServiceInstance.of("post-cn-x"), Optional.of("GID_x"), Dialect.AUTO, false),
                () -> granted,
                Optional::empty,
                Clock.systemUTC());
    }

    private PermissionGate gate(PermissionMode mode, boolean unknownDenied) {
        return gate(
                mode,
                unknownDenied,
                (operation, topic, verdict) -> told.add(operation.name() + " " + topic + " " + verdict.outcome()));
    }

    private static PermissionGate gate(PermissionMode mode, boolean unknownDenied, VerdictListener listener) {
        return new PermissionGate(permissions(), mode, unknownDenied, listener);
    }

    @Test
    void aCallMayHaveAModeOfItsOwn() {
        PermissionGate gate = gate(PermissionMode.ENFORCE, false);
        assertThatThrownBy(() -> gate.requirePublish(DENIED, gate.mode()))
                .isInstanceOf(PermissionDeniedException.class);
        assertThatCode(() -> gate.requirePublish(DENIED, PermissionMode.WARN)).doesNotThrowAnyException();
        assertThatCode(() -> gate.requirePublish(DENIED, PermissionMode.OFF)).doesNotThrowAnyException();
        assertThatThrownBy(() -> gate(PermissionMode.OFF, false).requirePublish(DENIED, PermissionMode.ENFORCE))
                .isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void whatIsUnknownPassesUnlessItIsSetToBeRefused() {
        assertThatCode(() -> gate(PermissionMode.ENFORCE, false).requirePublish(UNKNOWN, PermissionMode.ENFORCE))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> gate(PermissionMode.ENFORCE, true).requirePublish(UNKNOWN, PermissionMode.ENFORCE))
                .isInstanceOfSatisfying(PermissionDeniedException.class, refusal -> {
                    assertThat(refusal.verdict().outcome()).isEqualTo(Outcome.UNKNOWN);
                    assertThat(refusal.operation()).isEqualTo(Operation.PUBLISH);
                    assertThat(refusal)
                            .hasMessageStartingWith("Refused, as this client refuses what is not certainly allowed. Not"
                                    + " known: publish to 'tagged/a'")
                            .hasMessageContaining("condition on acs:ResourceTag/team");
                });
        assertThatCode(() -> gate(PermissionMode.WARN, true).requirePublish(UNKNOWN, PermissionMode.WARN))
                .doesNotThrowAnyException();
        assertThatCode(() -> gate(PermissionMode.ENFORCE, true).requirePublish(ALLOWED, PermissionMode.ENFORCE))
                .doesNotThrowAnyException();
    }

    @Test
    void everyVerdictIsToldButWhereNothingIsChecked() {
        PermissionGate gate = gate(PermissionMode.WARN, false);
        gate.requirePublish(ALLOWED, PermissionMode.WARN);
        gate.requirePublish(DENIED, PermissionMode.WARN);
        gate.requirePublish(DENIED, PermissionMode.WARN);
        gate.requirePublish(UNKNOWN, PermissionMode.OFF);
        gate.requireSubscribe(TopicFilter.of("alarms/#"), PermissionMode.WARN);
        assertThat(told)
                .containsExactly(
                        "PUBLISH alarms/a allowed",
                        "PUBLISH billing/a implicit deny",
                        "PUBLISH billing/a implicit deny",
                        "SUBSCRIBE alarms/# implicit deny");
    }

    @Test
    void aVerdictListenerThatThrowsDisturbsNobody() {
        PermissionGate gate = gate(PermissionMode.ENFORCE, false, (operation, topic, verdict) -> {
            throw new AssertionError("defect of a listener");
        });
        assertThatCode(() -> gate.requirePublish(ALLOWED, PermissionMode.ENFORCE))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> gate.requirePublish(DENIED, PermissionMode.ENFORCE))
                .isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void aFilterThatIsDeniedIsNotPermittedUnlessItWasMadeUnchecked() {
        PermissionGate gate = gate(PermissionMode.ENFORCE, false);
        assertThat(gate.refusal(CLIENT, TopicFilter.of("billing/#"), PermissionMode.ENFORCE))
                .hasValueSatisfying(refusal -> assertThat(refusal.topic()).isEqualTo("billing/#"));
        assertThat(gate.refusal(CLIENT, TopicFilter.of("billing/#"), PermissionMode.OFF))
                .isEmpty();
        assertThat(gate.refusal(CLIENT, TopicFilter.of("alarms/a"), PermissionMode.OFF))
                .isEmpty();
    }

    @Test
    void ofAFilterThatIsDeniedOneLineNamesClientAndFilterAndSaysWhy() {
        Logger logger = (Logger) LoggerFactory.getLogger(PermissionGate.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            gate(PermissionMode.ENFORCE, false).refusal(CLIENT, TopicFilter.of("billing/#"), PermissionMode.ENFORCE);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("Client [GID_x@@@device] does not subscribe to [billing/#] until its permissions allow it."
                        + " Not permitted: subscribe to 'billing/#'");
    }
}
