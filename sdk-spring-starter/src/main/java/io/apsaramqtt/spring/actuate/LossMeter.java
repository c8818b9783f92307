package io.apsaramqtt.spring.actuate;

import io.apsaramqtt.spring.MqttEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;

/** Counts lost connections by what they were probably lost for. Thread-safe. */
final class LossMeter implements MeterBinder {

    static final String NAME = ClientMeters.PREFIX + "disconnects";

    private static final String UNKNOWN = "unknown";

    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
    }

    @EventListener
    void on(MqttEvent.ConnectionLost event) {
        String cause = event.probableCause()
                .flatMap(probable -> probable.causes().stream().findFirst())
                .map(ClientMeters::word)
                .orElse(UNKNOWN);
        registries.forEach(registry -> Counter.builder(NAME)
                .description("Connections lost, by the likeliest cause")
                .baseUnit("connections")
                .tag("client", event.client())
                .tag("cause", cause)
                .register(registry)
                .increment());
    }
}
