package io.apsaramqtt.resource;

import io.apsaramqtt.resource.ActionCatalogue.Action.On;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The actions of MQ and MQTT that the service's pages name, of all generations. The pages do not name them all: an action
 * that is missing here may exist.
 *
 * <p>Immutable.
 */
public final class ActionCatalogue {

    /**
     * An action of the service.
     *
     * @param name as the pages spell it, such as {@code mq:PUB}
     * @param on the kinds of resource it is granted on
     * @param misspelled whether the pages misspell it: the misspelt name is the one that works
     */
    public record Action(String name, Set<On> on, boolean misspelled) {

        /** A kind of resource. */
        public enum On {
            /** The account as a whole. */
            ACCOUNT,
            /** An instance. */
            INSTANCE,
            /** A parent topic. */
            TOPIC,
            /** A group of clients. */
            GROUP,
            /** A rule that forwards messages. */
            RULE
        }

        /** Copies the kinds. */
        public Action {
            on = Set.copyOf(on);
        }
    }

    private static final List<Action> ACTIONS = Stream.of(
                    // MQ 2019 and 2020
                    on(Set.of(On.INSTANCE), "OnsInstanceBaseInfo", "QueryInstanceBaseInfo", "OnsInstanceCreate"),
                    Stream.of("mq:OnsIntanceUpdate", "mq:OnsIntanceDelete")
                            .map(name -> new Action(name, Set.of(On.INSTANCE), true)),
                    on(Set.of(On.TOPIC), "PUB", "OnsTopicCreate", "OnsTopicDelete", "OnsTopicUpdateInfo"),
                    on(Set.of(On.TOPIC, On.GROUP), "SUB"),
                    on(Set.of(On.GROUP), "OnsGroupCreate", "OnsGroupDelete"),
                    // MQTT 2019
                    on(
                            Set.of(On.INSTANCE),
                            "OnsMqttInstanceBaseInfo",
                            "OnsMqttInstanceDelete",
                            "OnsMqttInstanceUpdate",
                            "OnsMqttInstanceBind",
                            "OnsMqttInstanceList",
                            "OnsMqttInstanceUpdateWarn"),
                    on(
                            Set.of(On.TOPIC),
                            "OnsMqttQueryClientByTopic",
                            "OnsMqttQueryMsgTransTrend",
                            "OnsMqttMessageSend"),
                    on(
                            Set.of(On.GROUP),
                            "OnsMqttGroupIdCreate",
                            "OnsMqttGroupIdList",
                            "OnsMqttGroupIdDelete",
                            "OnsMqttQueryClientByClientId",
                            "OnsMqttQueryClientByGroupId",
                            "OnsMqttQueryHistoryOnline",
                            "OnsMqttDeviceTrace",
                            "OnsMqttQueryClientTrace"),
                    // MQTT, previous and current edition
                    on(Set.of(On.INSTANCE), "MqttInstanceAccess", "ListMqttInstance"),
                    on(Set.of(On.ACCOUNT), "MqttMetaData"),
                    on(Set.of(On.INSTANCE, On.TOPIC), "ApplyToken", "SendMessage"),
                    on(Set.of(On.ACCOUNT, On.INSTANCE), "RevokeToken", "QueryToken"),
                    on(Set.of(On.INSTANCE, On.GROUP), "CreateGroupId", "DeleteGroupId", "ListGroupId"),
                    on(Set.of(On.INSTANCE, On.GROUP), "CreateMqttGroupId", "DeleteMqttGroupId", "ListMqttGroupId"),
                    on(Set.of(On.TOPIC), "SendMqttMessageByConsole"),
                    // Named after the calls of the OpenAPI that they belong to.
                    on(Set.of(On.INSTANCE, On.TOPIC), "CreateTopic", "DeleteTopic", "ListTopic", "UpdateTopic"),
                    on(
                            Set.of(On.RULE),
                            "CreateMqttOutboundRule",
                            "DeleteMqttOutboundRule",
                            "ListMqttOutboundRule",
                            "UpdateMqttOutboundRule"))
            .flatMap(actions -> actions)
            .toList();

    private ActionCatalogue() {}

    /** All of them. */
    public static List<Action> actions() {
        return ACTIONS;
    }

    private static Stream<Action> on(Set<On> kinds, String... names) {
        return Stream.of(names).map(name -> new Action("mq:" + name, kinds, false));
    }
}
