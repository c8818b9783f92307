package io.apsaramqtt.faults;

import static org.awaitility.Awaitility.await;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.FaultProxy;
import io.apsaramqtt.test.event.BrokerEvent.PublishDenied;
import java.util.List;
import java.util.function.Supplier;

/** What the service does to its clients, as far as the embedded broker can. */
final class EmbeddedTrouble extends Trouble implements AutoCloseable {

    /** Faults of the service after which it still knows what it had acknowledged. */
    static final List<NamedFault<EmbeddedTrouble>> OF_THE_SERVICE = List.of(
            new NamedFault<>("disconnected by the broker", on -> on.instance.disconnect(on.clientId)),
            new NamedFault<>("disconnected by the broker, three times", on -> {
                for (int i = 0; i < 3; i++) {
                    on.instance.disconnect(on.clientId);
                    on.awaitLoss();
                    on.awaitBack();
                }
            }),
            new NamedFault<>("permissions taken away, then given back", on -> {
                on.instance.setPolicies(on.accessKeyId);
                await().until(() ->
                        !on.instance.events().of(PublishDenied.class).isEmpty());
                on.instance.setPolicies(on.accessKeyId, on.policy);
            }));

    /** An instance that is closed forgets its sessions, and what they held. */
    static final List<NamedFault<EmbeddedTrouble>> FORGETTING =
            List.of(new NamedFault<>("instance closed, then opened again", on -> {
                on.instance.close();
                on.instance = on.reopen.get();
            }));

    private final ClientId clientId;
    private final String accessKeyId;
    private final Policy policy;
    private final Supplier<EmbeddedApsaraMqtt> reopen;
    private EmbeddedApsaraMqtt instance;

    EmbeddedTrouble(
            FaultProxy proxy,
            ApsaraMqttClient client,
            ClientId clientId,
            String accessKeyId,
            Policy policy,
            EmbeddedApsaraMqtt instance,
            Supplier<EmbeddedApsaraMqtt> reopen) {
        super(proxy, client);
        this.clientId = clientId;
        this.accessKeyId = accessKeyId;
        this.policy = policy;
        this.instance = instance;
        this.reopen = reopen;
    }

    @Override
    public void close() {
        instance.close();
    }
}
