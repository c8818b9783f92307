package io.apsaramqtt.client;

/**
 * Publishes, subscribes and asks. {@link ApsaraMqttClient} does so in its own {@link io.apsaramqtt.permission.PermissionMode},
 * {@link ApsaraMqttClient#withPermissionMode} in another. Thread-safe.
 */
public interface MqttOperations extends MessagePublisher, MessageSubscriber, MessageRequester {}
