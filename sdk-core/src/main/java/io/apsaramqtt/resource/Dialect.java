package io.apsaramqtt.resource;

/**
 * A generation of resource names and actions. MQ and MQTT renamed them several times, and a policy keeps the names of the
 * day it was written. Immutable.
 */
public enum Dialect {
    /** Whichever of the others the policies use; the default. */
    AUTO("", ""),
    /** MQTT, current edition: {@code topic/{instance}/{topic}}. */
    MQTT_UPGRADED("MQTT upgraded", "mq:MqttInstanceAccess"),
    /** MQTT, previous edition: {@code {store instance}%{topic}}. */
    MQTT_PREVIOUS("MQTT previous edition", "mq:MqttInstanceAccess"),
    /** MQTT as of 2019. */
    MQTT_2019("MQTT 2019", "mq:OnsMqttInstanceBaseInfo"),
    /** MQ (RocketMQ 4.x) since 2020. */
    MQ_2020("MQ 2020", "mq:QueryInstanceBaseInfo"),
    /** MQ as of 2019. */
    MQ_2019("MQ 2019", "mq:OnsInstanceBaseInfo");

    private final String text;
    private final String prerequisite;

    Dialect(String text, String prerequisite) {
        this.text = text;
        this.prerequisite = prerequisite;
    }

    /** The action on the instance that this generation asks for beside every other one. */
    String prerequisite() {
        return prerequisite;
    }

    /**
     * Whether the broker certainly refuses where the prerequisite is missing. For {@code mq:MqttInstanceAccess} the
     * service's pages contradict each other: a prerequisite of everything on one, absent from the system policies that are
     * said to be enough on another.
     */
    boolean prerequisiteIsCertain() {
        return this != MQTT_UPGRADED && this != MQTT_PREVIOUS;
    }

    /** The generation in words. */
    @Override
    public String toString() {
        return this == AUTO ? name() : text;
    }
}
