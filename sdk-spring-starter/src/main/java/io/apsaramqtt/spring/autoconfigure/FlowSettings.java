package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.delivery.FlowControl;
import java.util.Optional;

/** Makes a flow control of what the properties say of it. */
final class FlowSettings {

    private FlowSettings() {}

    /** Empty if they say nothing. */
    static Optional<FlowControl> of(ApsaraMqttProperties.FlowControl given) {
        boolean says = given.whenFull() != null
                || given.queuedWhileDisconnected() != null
                || given.queueMessages() != null
                || given.queueSize() != null;
        return says
                ? Optional.of(MqttPropertyException.naming("flow-control", given, FlowSettings::said))
                : Optional.empty();
    }

    private static FlowControl said(ApsaraMqttProperties.FlowControl given) {
        FlowControl defaults = FlowControl.blocking();
        FlowControl.WhenFull whenFull = given.whenFull() == null ? defaults.whenFull() : given.whenFull();
        return new FlowControl(
                whenFull,
                given.queuedWhileDisconnected() == null
                        ? whenFull == FlowControl.WhenFull.QUEUE
                        : given.queuedWhileDisconnected(),
                given.queueMessages() == null ? defaults.queueMessages() : given.queueMessages(),
                given.queueSize() == null
                        ? defaults.queueBytes()
                        : given.queueSize().toBytes());
    }
}
