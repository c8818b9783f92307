package io.apsaramqtt.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.resource.ActionCatalogue.Action;
import io.apsaramqtt.resource.ActionCatalogue.Action.On;
import io.apsaramqtt.resource.ActionCatalogue.Operation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionCatalogueTest {

    private static final ServiceInstance INSTANCE = ServiceInstance.of("post-cn-x");

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyActionThatAnOperationNeedsIsInIt(Dialect dialect) {
        ResourceCatalogue catalogue = new ResourceCatalogue(INSTANCE, dialect, false);
        assertThat(catalogue.subscribe("a", "g"))
                .flatExtracting(Candidate::requirements)
                .isNotEmpty()
                .allSatisfy(requirement -> assertThat(ActionCatalogue.actions())
                        .filteredOn(action -> action.name().equals(requirement.action()))
                        .singleElement()
                        .satisfies(action -> assertThat(action.on()).contains(on(requirement))));
    }

    private static On on(Requirement requirement) {
        return switch (requirement.kind()) {
            case TOPIC -> On.TOPIC;
            case GROUP -> On.GROUP;
            case INSTANCE, INSTANCE_ADVISED -> On.INSTANCE;
        };
    }

    /** Each name on the authorization pages of MQ and MQTT, of every generation; letter by letter, as the pages have it. */
    @Test
    void everyActionThatAPageNamesIsInItAndNoOther() {
        assertThat(ActionCatalogue.actions())
                .extracting(Action::name)
                .containsExactlyInAnyOrder(
                        // MQ 2019, with the fuller page of the same year, and MQ 2020
                        "mq:PUB",
                        "mq:SUB",
                        "mq:OnsInstanceBaseInfo",
                        "mq:OnsIntanceUpdate",
                        "mq:OnsIntanceDelete",
                        "mq:OnsInstanceCreate",
                        "mq:OnsTopicCreate",
                        "mq:OnsTopicDelete",
                        "mq:OnsTopicUpdateInfo",
                        "mq:OnsGroupCreate",
                        "mq:OnsGroupDelete",
                        "mq:QueryInstanceBaseInfo",
                        // MQTT 2019
                        "mq:OnsMqttInstanceBaseInfo",
                        "mq:OnsMqttInstanceDelete",
                        "mq:OnsMqttInstanceUpdate",
                        "mq:OnsMqttInstanceBind",
                        "mq:OnsMqttInstanceList",
                        "mq:OnsMqttInstanceUpdateWarn",
                        "mq:OnsMqttQueryClientByTopic",
                        "mq:OnsMqttQueryMsgTransTrend",
                        "mq:OnsMqttMessageSend",
                        "mq:OnsMqttGroupIdCreate",
                        "mq:OnsMqttGroupIdList",
                        "mq:OnsMqttGroupIdDelete",
                        "mq:OnsMqttQueryClientByClientId",
                        "mq:OnsMqttQueryClientByGroupId",
                        "mq:OnsMqttQueryHistoryOnline",
                        "mq:OnsMqttDeviceTrace",
                        "mq:OnsMqttQueryClientTrace",
                        // MQTT, previous edition
                        "mq:MqttInstanceAccess",
                        "mq:ApplyToken",
                        "mq:QueryToken",
                        "mq:RevokeToken",
                        "mq:CreateGroupId",
                        "mq:DeleteGroupId",
                        "mq:ListGroupId",
                        // MQTT, current edition
                        "mq:MqttMetaData",
                        "mq:ListMqttInstance",
                        "mq:SendMqttMessageByConsole",
                        "mq:SendMessage",
                        "mq:CreateMqttGroupId",
                        "mq:DeleteMqttGroupId",
                        "mq:ListMqttGroupId",
                        "mq:CreateMqttTopic",
                        "mq:DeleteMqttTopic",
                        "mq:ListMqttTopic",
                        "mq:UpdateMqttTopic",
                        "mq:CreateMqttOutboundRule",
                        "mq:DeleteMqttOutboundRule",
                        "mq:ListMqttOutboundRule",
                        "mq:UpdateMqttOutboundRule",
                        "mq:QueryMqttDeviceTrace",
                        "mq:QueryMqttPubTrace",
                        "mq:QueryMqttSubTrace",
                        "mq:RegisterDeviceCredential",
                        "mq:GetDeviceCredential",
                        "mq:UnRegisterDeviceCredential",
                        "mq:RefreshDeviceCredential");
    }

    @Test
    void everyOperationThatThePageOfTheOpenApiNamesIsInItAsAnActionOrAnOperation() {
        Stream<String> names = Stream.of(
                "RevokeToken",
                "QueryToken",
                "ApplyToken",
                "SendMessage",
                "CreateGroupId",
                "DeleteGroupId",
                "ListGroupId",
                "CreateTopic",
                "DeleteTopic",
                "ListTopic",
                "UpdateTopic",
                "CreateMqttInboundRule",
                "DeleteMqttInboundRule",
                "ListMqttInboundRule",
                "ListMqttInboundRuleInPage",
                "UpdateMqttInboundRule",
                "CreateMqttOutboundRule",
                "DeleteMqttOutboundRule",
                "ListMqttOutboundRule",
                "ListMqttOutboundRuleInPage",
                "UpdateMqttOutboundRule",
                "CreateClientStatusNotifyRule",
                "DeleteClientStatusNotifyRule",
                "ListClientStatusNotifyRule",
                "ListClientStatusNotifyRuleInPage",
                "UpdateClientStatusNotifyRule",
                "QuerySessionByClientId",
                "BatchQuerySessionByClientIds",
                "RegisterDeviceCredential",
                "GetDeviceCredential",
                "UnRegisterDeviceCredential",
                "RefreshDeviceCredential",
                "QueryMqttTraceDevice",
                "QueryMqttTraceMessageOfClient",
                "QueryMqttTraceMessagePublish",
                "QueryMqttTraceMessageSubscribe");
        assertThat(names.map(name -> "mq:" + name))
                .allSatisfy(name -> assertThat(names()).contains(name));
    }

    @Test
    void whatAnOperationNeedsIsAnAction() {
        assertThat(ActionCatalogue.operations())
                .flatExtracting(operation -> operation.action().stream().toList())
                .hasSize(11)
                .allSatisfy(name -> assertThat(ActionCatalogue.actions())
                        .extracting(Action::name)
                        .contains(name));
    }

    @Test
    void noNameIsInItTwice() {
        assertThat(names()).doesNotHaveDuplicates();
    }

    private static List<String> names() {
        return Stream.concat(
                        ActionCatalogue.actions().stream().map(Action::name),
                        ActionCatalogue.operations().stream().map(Operation::name))
                .toList();
    }

    @Test
    void onlyTheVendorsOwnMisspellingsAreMarked() {
        assertThat(ActionCatalogue.actions())
                .filteredOn(Action::misspelled)
                .extracting(Action::name)
                .containsExactly("mq:OnsIntanceUpdate", "mq:OnsIntanceDelete");
    }
}
