package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.mqtt.ServiceRuleException.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdRulesTest {

    private static final ServiceRules RULES = ServiceRules.of(Profile.APSARAMQ);

    @Test
    void sixtyFourCharactersFitAndOneMoreDoesNot() {
        ClientId longest = ClientId.of("GID_demo", "d".repeat(64 - 11));
        assertThatCode(() -> RULES.requireClientId(longest)).doesNotThrowAnyException();
        ClientId tooLong = ClientId.of("GID_demo", "d".repeat(64 - 10));
        assertThat(refusal(tooLong))
                .hasMessage("Client ID [" + tooLong + "] has 65 characters; the service allows 64, group ID and @@@"
                        + " included. Shorten the device ID")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(Rule.CLIENT_ID_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "device-1", "GID_demo@device", "GID_demo@@device", "GID_demo@@@", "@@@device", "GID_demo@@@a@@@b",
                "GID_demo@@@a b", "GID_demo@@@a/b", "GID_demo@@@a:b", "GID_demo@@@a,b", "GID_demo@@@a%b",
                        "GID.demo@@@a",
                "GID_demo@@@@a", "GID_demo@@@é"
            })
    void refusesOtherFormsAndCharacters(String value) {
        assertThat(refusal(ClientId.of(value)))
                .hasMessageStartingWith("Client ID [" + value + "] is not <GroupID>@@@<DeviceID>")
                .hasMessageEndingWith("GID_demo@@@device-1")
                .extracting(ServiceRuleException::rule)
                .isEqualTo(Rule.CLIENT_ID_FORM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GID_demo@@@device-1", "GID-demo@@@DEVICE_1", "AZaz09_-@@@AZaz09_-", "x@@@y"})
    void acceptsLettersDigitsDashesAndUnderscores(String value) {
        assertThatCode(() -> RULES.requireClientId(ClientId.of(value))).doesNotThrowAnyException();
    }

    private static ServiceRuleException refusal(ClientId id) {
        return catchThrowableOfType(ServiceRuleException.class, () -> RULES.requireClientId(id));
    }
}
