package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.connection.MessageListener;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.ServiceLimits;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRules;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.PermissionMode;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final TopicFilter ALL = TopicFilter.of("alarms/#");
    private static final TopicFilter ONE = TopicFilter.of("alarms/a");
    private static final TopicName TOPIC = TopicName.of("alarms/a");

    private final Subscriptions subscriptions = new Subscriptions(ServiceRules.of(Profile.APSARAMQ));
    private final MessageListener first = message -> {};
    private final MessageListener second = message -> {};

    @Test
    void aListenerOfTwoFiltersThatMatchIsNamedOnce() {
        subscriptions.add(ALL, Qos.AT_LEAST_ONCE, first, PermissionMode.ENFORCE);
        subscriptions.add(ONE, Qos.AT_LEAST_ONCE, first, PermissionMode.ENFORCE);
        assertThat(subscriptions.listeners(TOPIC)).containsExactly(first);
        subscriptions.add(ONE, Qos.AT_LEAST_ONCE, second, PermissionMode.ENFORCE);
        assertThat(subscriptions.listeners(TOPIC)).containsExactly(first, second);
        assertThat(subscriptions.listeners(TopicName.of("alarms/b"))).containsExactly(first);
    }

    @Test
    void whatIsTakenBackIsGone() {
        Runnable takeBack = subscriptions.add(ALL, Qos.AT_LEAST_ONCE, first, PermissionMode.ENFORCE);
        takeBack.run();
        assertThat(subscriptions.all())
                .extracting(Subscriptions.Entry::subscription)
                .isEmpty();
        assertThat(subscriptions.listeners(TOPIC)).isEmpty();
    }

    @Test
    void whatIsTakenBackBringsBackWhatItReplaced() {
        subscriptions.add(ALL, Qos.AT_LEAST_ONCE, first, PermissionMode.ENFORCE);
        Runnable takeBack = subscriptions.add(ALL, Qos.EXACTLY_ONCE, second, PermissionMode.ENFORCE);
        assertThat(subscriptions.listeners(TOPIC)).containsExactly(second);
        takeBack.run();
        assertThat(subscriptions.listeners(TOPIC)).containsExactly(first);
        assertThat(subscriptions.all())
                .extracting(Subscriptions.Entry::subscription)
                .containsExactly(new Subscription(ALL, Qos.AT_LEAST_ONCE));
    }

    @Test
    void takingBackDoesNotTouchWhatCameLater() {
        Runnable takeBack = subscriptions.add(ALL, Qos.AT_LEAST_ONCE, first, PermissionMode.ENFORCE);
        subscriptions.add(ALL, Qos.EXACTLY_ONCE, second, PermissionMode.ENFORCE);
        takeBack.run();
        assertThat(subscriptions.listeners(TOPIC)).containsExactly(second);
        subscriptions.remove(ALL);
        takeBack.run();
        assertThat(subscriptions.all())
                .extracting(Subscriptions.Entry::subscription)
                .isEmpty();
    }

    @Test
    void aSubscriptionMadeAgainTakesNoMoreRoom() {
        Subscriptions two = new Subscriptions(
                new ServiceRules(Profile.APSARAMQ, ServiceLimits.standard().withSubscriptions(2)));
        two.add(ALL, Qos.AT_LEAST_ONCE, first, PermissionMode.ENFORCE);
        two.add(ONE, Qos.AT_LEAST_ONCE, first, PermissionMode.ENFORCE);
        two.add(ONE, Qos.AT_MOST_ONCE, second, PermissionMode.ENFORCE);
        assertThatThrownBy(() -> two.add(TopicFilter.of("alarms/b"), Qos.AT_LEAST_ONCE, first, PermissionMode.ENFORCE))
                .isInstanceOf(ServiceRuleException.class);
        assertThat(two.all())
                .extracting(Subscriptions.Entry::subscription)
                .containsExactly(new Subscription(ALL, Qos.AT_LEAST_ONCE), new Subscription(ONE, Qos.AT_MOST_ONCE));
    }
}
