package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;
import com.hivemq.extension.sdk.api.interceptor.subscribe.SubscribeInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.subscribe.parameter.SubscribeInboundInput;
import com.hivemq.extension.sdk.api.interceptor.subscribe.parameter.SubscribeInboundOutput;
import com.hivemq.extension.sdk.api.packets.general.ModifiableUserProperties;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import io.apsaramqtt.test.service.Instances;
import io.apsaramqtt.test.service.Ruling;
import io.apsaramqtt.test.service.TokenRights;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the messages of instances apart that share one broker, and P2P messages from all but the client they are for. A
 * message carries its instance ID through the broker in a user property that no client sees.
 */
final class MessageInterceptor
        implements PublishInboundInterceptor, PublishOutboundInterceptor, SubscribeInboundInterceptor {

    private static final String ORIGIN = "apsara-mqtt.origin";

    private final Instances instances;

    private final TokenWatch watch;
    private final TokenUploads uploads;

    MessageInterceptor(Instances instances, TokenWatch watch) {
        this.instances = instances;
        this.watch = watch;
        this.uploads = new TokenUploads(watch);
    }

    @Override
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        // Retained messages are not supported and the flag has no effect (service page "FAQ about features").
        output.getPublishPacket().setRetain(false);
        ModifiableUserProperties properties = output.getPublishPacket().getUserProperties();
        properties.removeName(ORIGIN);
        properties.removeName(TokenWatch.NOTICE);
        ConnectionOwner.of(input, instances).ifPresent(owner -> {
            properties.addUserProperty(ORIGIN, owner.instance().id());
            owner.tokens()
                    .ifPresentOrElse(
                            tokens -> withTokens(owner, tokens, input, output), () -> recordDollarTopic(owner, input));
        });
    }

    /** What the authorizer is about to deny is said to the client before. */
    private void withTokens(
            ConnectionOwner owner, TokenRights tokens, PublishInboundInput input, PublishInboundOutput output) {
        PublishPacket publish = input.getPublishPacket();
        if (publish.getTopic().equals(TokenUploads.TOPIC)) {
            uploads.take(owner, tokens, publish, output);
            return;
        }
        Ruling ruling = owner.instance()
                .publish(
                        owner.rights(),
                        owner.clientId(),
                        publish.getTopic(),
                        publish.getPayload().map(ByteBuffer::remaining).orElse(0));
        if (!ruling.allowed()) {
            Async<PublishInboundOutput> async = output.async(TokenWatch.MAX_NOTICE);
            CompletableFuture<Void> unused =
                    watch.giveNotice(owner, tokens.problem(Operation.PUBLISH)).thenRun(async::resume);
        }
    }

    @Override
    public void onInboundSubscribe(SubscribeInboundInput input, SubscribeInboundOutput output) {
        ConnectionOwner.of(input, instances)
                .ifPresent(owner -> owner.tokens().ifPresent(tokens -> {
                    boolean denied = input.getSubscribePacket().getSubscriptions().stream()
                            .anyMatch(subscription -> !owner.instance()
                                    .subscribe(owner.rights(), owner.clientId(), subscription.getTopicFilter())
                                    .allowed());
                    if (denied) {
                        Async<SubscribeInboundOutput> async = output.async(TokenWatch.MAX_NOTICE);
                        CompletableFuture<Void> unused = watch.giveNotice(owner, tokens.problem(Operation.SUBSCRIBE))
                                .thenRun(async::resume);
                    }
                }));
    }

    /** HiveMQ itself closes the connection over such a topic, before it asks an authorizer. */
    private static void recordDollarTopic(ConnectionOwner owner, PublishInboundInput input) {
        String topic = input.getPublishPacket().getTopic();
        if (topic.startsWith("$")) {
            String clientId = input.getClientInformation().getClientId();
            String reason =
                    owner.instance().publish(owner.rights(), clientId, topic, 0).reason();
            owner.instance().events().record(new PublishDenied(clientId, topic, reason));
        }
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        PublishPacket publish = input.getPublishPacket();
        Optional<String> notice = publish.getUserProperties().getFirst(TokenWatch.NOTICE);
        if (notice.isPresent()) {
            output.getPublishPacket().setTopic(notice.get());
            output.getPublishPacket().getUserProperties().removeName(TokenWatch.NOTICE);
            return;
        }
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
