package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.listener.ListenerOptions;
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
    private final Receiver first = Receiver.of(message -> {}, ListenerOptions.defaults());
    private final Receiver second = Receiver.of(message -> {}, ListenerOptions.defaults());

    private static Subscriptions.Entry entry(TopicFilter filter, Qos qos, Receiver receiver) {
        return new Subscriptions.Entry(new Subscription(filter, qos), receiver, PermissionMode.ENFORCE);
    }

    @Test
    void aReceiverOfTwoFiltersThatMatchIsNamedOnce() {
        subscriptions.add(entry(ALL, Qos.AT_LEAST_ONCE, first));
        subscriptions.add(entry(ONE, Qos.AT_LEAST_ONCE, first));
        assertThat(subscriptions.receivers(TOPIC)).containsExactly(first);
        subscriptions.add(entry(ONE, Qos.AT_LEAST_ONCE, second));
        assertThat(subscriptions.receivers(TOPIC)).containsExactly(first, second);
        assertThat(subscriptions.receivers(TopicName.of("alarms/b"))).containsExactly(first);
    }

    @Test
    void whatIsTakenBackIsGone() {
        Runnable takeBack = subscriptions.add(entry(ALL, Qos.AT_LEAST_ONCE, first));
        takeBack.run();
        assertThat(subscriptions.all())
                .extracting(Subscriptions.Entry::subscription)
                .isEmpty();
        assertThat(subscriptions.receivers(TOPIC)).isEmpty();
    }

    @Test
    void whatIsTakenBackBringsBackWhatItReplaced() {
        subscriptions.add(entry(ALL, Qos.AT_LEAST_ONCE, first));
        Runnable takeBack = subscriptions.add(entry(ALL, Qos.EXACTLY_ONCE, second));
        assertThat(subscriptions.receivers(TOPIC)).containsExactly(second);
        takeBack.run();
        assertThat(subscriptions.receivers(TOPIC)).containsExactly(first);
        assertThat(subscriptions.all())
                .extracting(Subscriptions.Entry::subscription)
                .containsExactly(new Subscription(ALL, Qos.AT_LEAST_ONCE));
    }

    @Test
    void takingBackDoesNotTouchWhatCameLater() {
        Runnable takeBack = subscriptions.add(entry(ALL, Qos.AT_LEAST_ONCE, first));
        subscriptions.add(entry(ALL, Qos.EXACTLY_ONCE, second));
        takeBack.run();
        assertThat(subscriptions.receivers(TOPIC)).containsExactly(second);
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
        two.add(entry(ALL, Qos.AT_LEAST_ONCE, first));
        two.add(entry(ONE, Qos.AT_LEAST_ONCE, first));
        two.add(entry(ONE, Qos.AT_MOST_ONCE, second));
        assertThatThrownBy(() -> two.add(entry(TopicFilter.of("alarms/b"), Qos.AT_LEAST_ONCE, first)))
                .isInstanceOf(ServiceRuleException.class);
        assertThat(two.all())
                .extracting(Subscriptions.Entry::subscription)
                .containsExactly(new Subscription(ALL, Qos.AT_LEAST_ONCE), new Subscription(ONE, Qos.AT_MOST_ONCE));
    }
}
