package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.interceptor.connack.ConnackOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.connack.parameter.ConnackOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.connack.parameter.ConnackOutboundOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.subscription.TopicSubscription;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.test.event.BrokerEvent.ConnectAccepted;
import io.apsaramqtt.test.service.Instances;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The last step before a client learns whether it is connected: gives it its P2P subscription, or closes the connection
 * without a word.
 */
final class ConnackInterceptor implements ConnackOutboundInterceptor {

    private final Instances instances;

    private final TokenWatch watch;

    ConnackInterceptor(Instances instances, TokenWatch watch) {
        this.instances = instances;
        this.watch = watch;
    }

    @Override
    public void onOutboundConnack(ConnackOutboundInput input, ConnackOutboundOutput output) {
        if (ConnectionOwner.attributes(input)
                .getAsString(ServiceAuthenticator.DROP)
                .isPresent()) {
            // An answer that fails because it never comes makes HiveMQ close the connection without a CONNACK.
            output.async(Duration.ofMillis(1), TimeoutFallback.FAILURE);
        } else if (input.getConnackPacket().getReasonCode() == ConnackReasonCode.SUCCESS) {
            accept(input, output);
        }
    }

    /**
     * A P2P message reaches the client that its topic names, without a subscription of the client (service page "P2P
     * messaging model"). The client ID was checked: it holds neither wildcard nor slash.
     */
    private void accept(ConnackOutboundInput input, ConnackOutboundOutput output) {
        String clientId = input.getClientInformation().getClientId();
        Set<TopicSubscription> hidden = new HashSet<>();
        hidden.add(subscription("+/p2p/" + clientId));
        if (ConnectionOwner.of(input, instances)
                .flatMap(ConnectionOwner::tokens)
                .isPresent()) {
            hidden.add(subscription(TokenWatch.topicFor(clientId)));
        }
        Async<ConnackOutboundOutput> async = output.async(Duration.ofSeconds(10), TimeoutFallback.FAILURE);
        // If it fails, the answer never comes and the connection is closed: better than a client that misses messages.
        CompletableFuture<Void> unused = Services.subscriptionStore()
                .addSubscriptions(clientId, hidden)
                .thenRun(() -> {
                    recordAccepted(input, clientId);
                    async.resume();
                });
    }

    private static TopicSubscription subscription(String filter) {
        return Builders.topicSubscription()
                .topicFilter(filter)
                .qos(Qos.EXACTLY_ONCE)
                .build();
    }

    private void recordAccepted(ConnackOutboundInput input, String clientId) {
        MqttVersion version = input.getConnectionInformation().getMqttVersion()
                        == com.hivemq.extension.sdk.api.packets.general.MqttVersion.V_5
                ? MqttVersion.V5
                : MqttVersion.V3_1_1;
        ConnectionOwner.of(input, instances).ifPresent(owner -> {
            owner.instance().connected(clientId);
            owner.instance()
                    .events()
                    .record(new ConnectAccepted(
                            clientId, version, owner.rights().name()));
            watch.watch(owner);
        });
    }
}
