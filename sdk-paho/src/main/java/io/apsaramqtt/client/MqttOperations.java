package io.apsaramqtt.client;

/**
 * Publishes and subscribes. {@link ApsaraMqttClient} does so in its own {@link io.apsaramqtt.permission.PermissionMode},
 * {@link ApsaraMqttClient#withPermissionMode} in another. Thread-safe.
 */
public interface MqttOperations extends MessagePublisher, MessageSubscriber {}
