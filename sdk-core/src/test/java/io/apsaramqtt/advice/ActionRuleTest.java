package io.apsaramqtt.advice;

import static io.apsaramqtt.advice.Drafts.allow;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.advice.Finding.Rule;
import io.apsaramqtt.advice.Finding.Severity;
import io.apsaramqtt.resource.ActionCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionRuleTest {

    private static final String ON_INSTANCE = "instance/post-cn-x";

    @ParameterizedTest
    @CsvSource({
        "mq:PUBLISH, mq:PUB",
        "mq:SUBS, mq:SUB",
        "mq:SUBSCRIBE, mq:SUB",
        "mq:MqttInstanceAcces, mq:MqttInstanceAccess",
        "mq:MqttMetaDataAccess, mq:MqttMetaData",
        "mq:OnsInstanceBaseinfos, mq:OnsInstanceBaseInfo",
        "mq:CreateTopics, mq:CreateMqttTopic",
        "mq:QueryMqttTraceDevices, mq:QueryMqttDeviceTrace",
        "mq:CreateMqttInboundRules, mq:CreateMqttInboundRule",
    })
    void anUnknownActionIsReportedWithTheNearestOne(String action, String nearest) {
        assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow(action, ON_INSTANCE)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.WARNING);
                    assertThat(found.message())
                            .startsWith("Action [" + action + "] ")
                            .endsWith("nearest is " + nearest);
                });
    }

    @Test
    void anActionLikeNoOtherIsReportedWithoutAGuess() {
        assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow("mq:BrewCoffeeForEverybody", ON_INSTANCE)))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("Look it up"));
    }

    @Test
    void anActionIsPointedAt() {
        String document = """
                {
                  "Version": "1",
                  "Statement": [{
                    "Effect": "Allow",
                    "Action": ["mq:SUB",
                               "mq:PUBLISH"],
                    "Resource": "acs:mq:*:*:topic/post-cn-x/alarms"
                  }]
                }
                """;
        assertThat(new PolicyLinter().lint("sensors.json", document))
                .filteredOn(found -> found.rule() == Rule.UNKNOWN_ACTION)
                .singleElement()
                .hasToString("sensors.json:6:16: warning: Action [mq:PUBLISH] is none of the service's actions"
                        + " that are known here. The nearest is mq:PUB [unknown-action]");
    }

    @Test
    void everyActionOfTheCatalogueIsKnown() {
        assertThat(ActionCatalogue.actions())
                .hasSizeGreaterThan(40)
                .allSatisfy(action -> assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow(action.name(), ON_INSTANCE)))
                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "mq:CreateTopic, Write mq:CreateMqttTopic",
        "mq:updatetopic, Write mq:UpdateMqttTopic",
        "mq:ListMqttOutboundRuleInPage, Write mq:ListMqttOutboundRule",
        "mq:QueryMqttTraceMessageOfClient, Write mq:QueryMqttDeviceTrace",
        "mq:QuerySessionByClientId, Write mq:MqttInstanceAccess",
        "mq:CreateMqttInboundRule, is not known here. Look it up",
        "mq:ListClientStatusNotifyRuleInPage, is not known here. Look it up",
    })
    void anOperationOfTheOpenApiIsAdvisedUponAndNotCalledUnknown(String operation, String advice) {
        assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow(operation, ON_INSTANCE)))
                .isEmpty();
        assertThat(Drafts.of(Rule.OPERATION_NAME, allow(operation, ON_INSTANCE)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ADVICE);
                    assertThat(found.message())
                            .startsWith("Action [" + operation + "] is named after an operation of the OpenAPI")
                            .contains(advice);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mq:CreateMqttTopic",
                "mq:ListMqttOutboundRule",
                "mq:QueryMqttDeviceTrace",
                "mq:CreateTopics",
                "mq:Create*Topic",
                "rocketmq:CreateTopic",
            })
    void whatIsNoOperationOfTheOpenApiIsNotTakenForOne(String action) {
        assertThat(Drafts.of(Rule.OPERATION_NAME, allow(action, ON_INSTANCE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "mq:*",
                "mq:*NotifyRule",
                "mq:List*",
                "mq:?UB",
                "*:List*",
                "rocketmq:Brew",
                "ram:Nothing",
                "MQ-as:X"
            })
    void patternsThatMatchAndOtherServicesAreNotReported(String action) {
        assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow(action, ON_INSTANCE))).isEmpty();
    }

    @Test
    void aPatternThatMatchesNoKnownActionIsReported() {
        assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow("mq:Publish*", ON_INSTANCE)))
                .singleElement()
                .satisfies(found -> assertThat(found.severity()).isEqualTo(Severity.ADVICE));
    }

    @Test
    void anActionWithoutServiceIsAnError() {
        assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow("PUB", ON_INSTANCE)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ERROR);
                    assertThat(found.message()).endsWith("Write mq:PUB");
                });
    }

    @Test
    void anActionThatDiffersByCaseIsAdvisedUpon() {
        assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow("MQ:pub", ON_INSTANCE)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ADVICE);
                    assertThat(found.message()).endsWith("Write mq:PUB");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"mq:OnsIntanceUpdate", "mq:OnsIntanceDelete"})
    void theVendorsMisspellingIsReportedButNotCorrected(String action) {
        assertThat(Drafts.of(Rule.MISSPELLED_BY_VENDOR, allow(action, ON_INSTANCE)))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.severity()).isEqualTo(Severity.ADVICE);
                    assertThat(found.message()).contains("Keep it");
                });
    }

    @Test
    void theCorrectSpellingIsUnknownAndTheMisspellingNearest() {
        assertThat(Drafts.lint(allow("mq:OnsInstanceUpdate", ON_INSTANCE)))
                .extracting(Finding::rule)
                .containsExactly(Rule.UNKNOWN_ACTION);
        assertThat(Drafts.of(Rule.UNKNOWN_ACTION, allow("mq:OnsInstanceUpdate", ON_INSTANCE)))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("mq:OnsIntanceUpdate, misspelt"));
    }

    @Test
    void aBlankInAnActionIsAnErrorAndNothingElse() {
        String statement = "{\"Effect\":\"Allow\",\"Action\":\"mq: PUB\",\"Resource\":\"acs:mq:*:*:alarms\"}";
        assertThat(Drafts.lint(statement)).singleElement().satisfies(found -> {
            assertThat(found.rule()).isEqualTo(Rule.BLANK_IN_ACTION);
            assertThat(found.severity()).isEqualTo(Severity.ERROR);
            assertThat(found.message()).endsWith("Write mq:PUB");
        });
        assertThat(Drafts.of(Rule.BLANK_IN_ACTION, allow("mq:PUB", "topic/post-cn-x/alarms")))
                .isEmpty();
    }
}
