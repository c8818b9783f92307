package io.apsaramqtt.resource;

import io.apsaramqtt.resource.ActionCatalogue.Action.On;
import java.util.List;
import java.util.Optional;
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

    /**
     * An operation of the OpenAPI whose name is easily taken for an action.
     *
     * @param name the operation, written as an action would be: {@code mq:CreateTopic}
     * @param action the action that RAM asks for it; empty where its name is not known here
     */
    public record Operation(String name, Optional<String> action) {}

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
                    on(
                            Set.of(On.INSTANCE, On.TOPIC),
                            "CreateMqttTopic",
                            "DeleteMqttTopic",
                            "ListMqttTopic",
                            "UpdateMqttTopic"),
                    on(
                            Set.of(On.RULE),
                            "CreateMqttOutboundRule",
                            "DeleteMqttOutboundRule",
                            "ListMqttOutboundRule",
                            "UpdateMqttOutboundRule"),
                    on(Set.of(On.INSTANCE), "QueryMqttDeviceTrace", "QueryMqttPubTrace", "QueryMqttSubTrace"),
                    on(
                            Set.of(On.INSTANCE),
                            "RegisterDeviceCredential",
                            "GetDeviceCredential",
                            "UnRegisterDeviceCredential",
                            "RefreshDeviceCredential"))
            .flatMap(actions -> actions)
            .toList();

    private static final List<Operation> OPERATIONS = Stream.of(
                    operation("CreateTopic", "CreateMqttTopic"),
                    operation("DeleteTopic", "DeleteMqttTopic"),
                    operation("ListTopic", "ListMqttTopic"),
                    operation("UpdateTopic", "UpdateMqttTopic"),
                    operation("ListMqttOutboundRuleInPage", "ListMqttOutboundRule"),
                    // One action for two operations: so the page of each of them.
                    operation("QueryMqttTraceDevice", "QueryMqttDeviceTrace"),
                    operation("QueryMqttTraceMessageOfClient", "QueryMqttDeviceTrace"),
                    operation("QueryMqttTraceMessagePublish", "QueryMqttPubTrace"),
                    operation("QueryMqttTraceMessageSubscribe", "QueryMqttSubTrace"),
                    operation("QuerySessionByClientId", "MqttInstanceAccess"),
                    operation("BatchQuerySessionByClientIds", "MqttInstanceAccess"),
                    operations(
                            "CreateMqttInboundRule",
                            "DeleteMqttInboundRule",
                            "ListMqttInboundRule",
                            "ListMqttInboundRuleInPage",
                            "UpdateMqttInboundRule",
                            "CreateClientStatusNotifyRule",
                            "DeleteClientStatusNotifyRule",
                            "ListClientStatusNotifyRule",
                            "ListClientStatusNotifyRuleInPage",
                            "UpdateClientStatusNotifyRule"))
            .flatMap(operations -> operations)
            .toList();

    private ActionCatalogue() {}

    /** All of them. */
    public static List<Action> actions() {
        return ACTIONS;
    }

    /** Operations of the OpenAPI that are no actions, or may be none: whoever writes one as an action meant another. */
    public static List<Operation> operations() {
        return OPERATIONS;
    }

    private static Stream<Action> on(Set<On> kinds, String... names) {
        return Stream.of(names).map(name -> new Action("mq:" + name, kinds, false));
    }

    private static Stream<Operation> operation(String name, String action) {
        return Stream.of(new Operation("mq:" + name, Optional.of("mq:" + action)));
    }

    private static Stream<Operation> operations(String... names) {
        return Stream.of(names).map(name -> new Operation("mq:" + name, Optional.empty()));
    }
}
