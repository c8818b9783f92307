package io.apsaramqtt.client.session;

import io.apsaramqtt.client.inbound.InboundSettings;
import io.apsaramqtt.client.inbound.Receiver;
import io.apsaramqtt.client.inbound.Receivers;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.TopicName;
import java.util.ArrayList;
import java.util.List;

/**
 * How received messages are handed out. Immutable.
 *
 * @param settings how many at a time, and how many may wait
 * @param p2pReceiver gets messages addressed to this client alone
 */
public record InboundChoice(InboundSettings settings, Receiver p2pReceiver) {

    /** Who receives: those subscribed, and the P2P receiver what is addressed to {@code clientId}. */
    Receivers receivers(ClientId clientId, Subscriptions subscriptions) {
        return topic -> {
            List<Receiver> receivers = subscriptions.receivers(topic);
            if (!isFor(clientId, topic) || receivers.contains(p2pReceiver)) {
                return receivers;
            }
            List<Receiver> more = new ArrayList<>(receivers);
            more.add(p2pReceiver);
            return more;
        };
    }

    private static boolean isFor(ClientId clientId, TopicName topic) {
        return topic.isP2p() && topic.value().endsWith("/p2p/" + clientId.value());
    }
}
