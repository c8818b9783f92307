package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.SimpleAsyncOutput;
import com.hivemq.extension.sdk.api.auth.PublishAuthorizer;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.PublishAuthorizerOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.general.MqttVersion;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.Subscription;
import com.hivemq.extension.sdk.api.parameter.ClientBasedInput;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.test.event.BrokerEvent.PublishAccepted;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.event.BrokerEvent.SubscribeAccepted;
import io.apsaramqtt.test.event.BrokerEvent.SubscribeDenied;
import io.apsaramqtt.test.service.Instances;
import io.apsaramqtt.test.service.Ruling;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Asks the instance at each PUBLISH and SUBSCRIBE and closes the connection over what is denied: neither PUBACK nor SUBACK
 * is sent (service page "FAQ about client connections"; "Query the connection history of a device": topic auth failed).
 */
final class OperationAuthorizer implements PublishAuthorizer, SubscriptionAuthorizer {

    private final Instances instances;

    OperationAuthorizer(Instances instances) {
        this.instances = instances;
    }

    @Override
    public void authorizePublish(PublishAuthorizerInput input, PublishAuthorizerOutput output) {
        Optional<ConnectionOwner> owner = ConnectionOwner.of(input, instances);
        if (owner.isEmpty()) {
            output.disconnectClient(DisconnectReasonCode.NOT_AUTHORIZED);
        } else if (TokenWatch.isDropped(input.getPublishPacket())) {
            deny(owner.get(), output, () -> output.disconnectClient(DisconnectReasonCode.NOT_AUTHORIZED));
        } else if (isAllowed(owner.get(), clientId(input), input.getPublishPacket())) {
            output.authorizeSuccessfully();
        } else {
            boolean acknowledged = isAcknowledged(owner.get(), input);
            deny(owner.get(), output, () -> {
                if (acknowledged) {
                    output.failAuthorization(AckReasonCode.NOT_AUTHORIZED);
                } else {
                    output.disconnectClient(DisconnectReasonCode.NOT_AUTHORIZED);
                }
            });
        }
    }

    /** Denies; in token mode a little later, as the notice of the interceptor was sent only now. */
    private static void deny(ConnectionOwner owner, SimpleAsyncOutput<?> output, Runnable denial) {
        if (owner.tokens().isEmpty()) {
            denial.run();
            return;
        }
        Async<?> async = output.async(TokenWatch.MAX_NOTICE);
        TokenWatch.afterHeadStart(() -> {
            denial.run();
            async.resume();
        });
    }

    private static boolean isAllowed(ConnectionOwner owner, String clientId, PublishPacket publish) {
        String topic = publish.getTopic();
        int length = publish.getPayload().map(ByteBuffer::remaining).orElse(0);
        Ruling ruling = owner.instance().publish(owner.rights(), clientId, topic, length);
        Qos qos = Qos.of(publish.getQos().getQosNumber());
        owner.instance()
                .events()
                .record(
                        ruling.allowed()
                                ? new PublishAccepted(clientId, topic, qos, length)
                                : new PublishDenied(clientId, topic, ruling.reason()));
        return ruling.allowed();
    }

    @Override
    public void authorizeSubscribe(SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
        Optional<ConnectionOwner> owner = ConnectionOwner.of(input, instances);
        if (owner.isEmpty()) {
            output.disconnectClient(DisconnectReasonCode.NOT_AUTHORIZED);
        } else if (isAllowed(owner.get(), clientId(input), input.getSubscription())) {
            output.authorizeSuccessfully();
        } else {
            boolean acknowledged = isAcknowledged(owner.get(), input);
            deny(owner.get(), output, () -> {
                if (acknowledged) {
                    output.failAuthorization(SubackReasonCode.NOT_AUTHORIZED);
                } else {
                    output.disconnectClient(DisconnectReasonCode.NOT_AUTHORIZED);
                }
            });
        }
    }

    private static boolean isAllowed(ConnectionOwner owner, String clientId, Subscription subscription) {
        String filter = subscription.getTopicFilter();
        Ruling ruling = owner.instance().subscribe(owner.rights(), clientId, filter);
        Qos qos = Qos.of(subscription.getQos().getQosNumber());
        owner.instance()
                .events()
                .record(
                        ruling.allowed()
                                ? new SubscribeAccepted(clientId, filter, qos)
                                : new SubscribeDenied(clientId, filter, ruling.reason()));
        return ruling.allowed();
    }

    private static boolean isAcknowledged(ConnectionOwner owner, ClientBasedInput input) {
        return owner.instance().switches().negativeAcknowledgement()
                && input.getConnectionInformation().getMqttVersion() == MqttVersion.V_5;
    }

    private static String clientId(ClientBasedInput input) {
        return input.getClientInformation().getClientId();
    }
}
