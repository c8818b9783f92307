package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerIdentityTest {

    @ParameterizedTest
    @ValueSource(strings = {"RAMUser", "RamUser", "ramuser"})
    void aUserIsOneHoweverItsTypeIsWritten(String type) {
        assertThat(read(type, "acs:ram::1:user/sensor.gateway-1_a"))
                .isEqualTo(new CallerIdentity.RamUser("1", "sensor.gateway-1_a"));
    }

    @ParameterizedTest
    @CsvSource({
        "acs:ram::1:assumed-role/reader/alice, alice",
        "acs:ram::1:role/reader/alice, alice",
        "acs:sts::1:assumed-role/reader/alice, alice",
        "acs:sts::1:assumed-role/reader/a/b, a/b",
        "acs:ram::1:assumed-role/reader, ''"
    })
    void aRoleSessionIsReadFromEachFormOfItsName(String arn, String session) {
        assertThat(read("AssumedRoleUser", arn)).isEqualTo(new CallerIdentity.RoleSession("1", "reader", session));
    }

    @Test
    void theAccountIsItself() {
        assertThat(read("Account", "acs:ram::1:root")).isEqualTo(new CallerIdentity.Account("1"));
    }

    @ParameterizedTest
    @CsvSource({
        "RAMUser, acs:ram::1:role/x",
        "RAMUser, acs:ram::1:user/",
        "RAMUser, user/x",
        "AssumedRoleUser, acs:ram::1:user/x",
        "CloudSSOUser, acs:ram::1:user/x"
    })
    void whatDoesNotFitIsRefused(String type, String arn) {
        assertThatThrownBy(() -> read(type, arn))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageStartingWith("names an identity");
    }

    private static CallerIdentity read(String type, String arn) {
        return CallerIdentity.read(
                Json.parse("{\"AccountId\":\"1\",\"IdentityType\":\"" + type + "\",\"Arn\":\"" + arn + "\"}"));
    }
}
