package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;
import com.hivemq.extension.sdk.api.packets.general.ModifiableUserProperties;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.service.Instances;

/**
 * Keeps the messages of instances apart that share one broker, and P2P messages from all but the client they are for. A
 * message carries its instance ID through the broker in a user property that no client sees.
 */
final class MessageInterceptor implements PublishInboundInterceptor, PublishOutboundInterceptor {

    private static final String ORIGIN = "apsara-mqtt.origin";

    private final Instances instances;

    MessageInterceptor(Instances instances) {
        this.instances = instances;
    }

    @Override
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        // Retained messages are not supported and the flag has no effect (service page "FAQ about features").
        output.getPublishPacket().setRetain(false);
        ModifiableUserProperties properties = output.getPublishPacket().getUserProperties();
        properties.removeName(ORIGIN);
        ConnectionOwner.of(input, instances).ifPresent(owner -> {
            properties.addUserProperty(ORIGIN, owner.instance().id());
            recordDollarTopic(owner, input);
        });
    }

    /** HiveMQ itself closes the connection over such a topic, before it asks an authorizer. */
    private static void recordDollarTopic(ConnectionOwner owner, PublishInboundInput input) {
        String topic = input.getPublishPacket().getTopic();
        if (topic.startsWith("$")) {
            String clientId = input.getClientInformation().getClientId();
            String reason = owner.instance()
                    .publish(owner.accessKeyId(), clientId, topic, 0)
                    .reason();
            owner.instance().events().record(new PublishDenied(clientId, topic, reason));
        }
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        PublishPacket publish = input.getPublishPacket();
        String origin = publish.getUserProperties().getFirst(ORIGIN).orElse("");
        boolean sameInstance = ConnectionOwner.of(input, instances)
                .filter(owner -> owner.instance().id().equals(origin))
                .isPresent();
        if (!sameInstance
                || isForAnother(publish.getTopic(), input.getClientInformation().getClientId())) {
            output.preventPublishDelivery();
        } else {
            output.getPublishPacket().getUserProperties().removeName(ORIGIN);
        }
    }

    private static boolean isForAnother(String topic, String clientId) {
        return TopicName.of(topic).isP2p() && !topic.endsWith("/p2p/" + clientId);
    }
}
