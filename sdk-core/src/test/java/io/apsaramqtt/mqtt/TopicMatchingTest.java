package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of MQTT 3.1.1 sections 4.7.1 to 4.7.3, and what follows from them. */
class TopicMatchingTest {

    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#,sport/tennis/player1",
        "sport/tennis/player1/#,sport/tennis/player1/ranking",
        "sport/tennis/player1/#,sport/tennis/player1/score/wimbledon",
        "sport/#,sport",
        "sport/#,sport/",
        "#,sport",
        "#,sport/tennis",
        "#,/",
        "sport/tennis/+,sport/tennis/player1",
        "sport/tennis/+,sport/tennis/player2",
        "sport/+,sport/",
        "+,finance",
        "+/tennis/#,sport/tennis",
        "+/tennis/#,sport/tennis/player1",
        "sport/+/player1,sport/tennis/player1",
        "+/+,/finance",
        "/+,/finance",
        "+/+,a/b",
        "+/#,a",
        "a/+/#,a/b",
        "$SYS/#,$SYS",
        "$SYS/#,$SYS/broker/load",
        "$SYS/monitor/+,$SYS/monitor/Clients",
        "a/$b/+,a/$b/c",
        "+/$b,a/$b",
        "a//b,a//b",
        "a/+/b,a//b",
        "ACCOUNTS,ACCOUNTS",
        "/,/"
    })
    void matches(String filter, String topic) {
        assertThat(TopicFilter.of(filter).matches(TopicName.of(topic))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#,sport/tennis/player2",
        "sport/tennis/player1/#,sport/tennis",
        "sport/tennis/player1/#,sport/tennis/player10",
        "sport/#,sports",
        "sport/tennis/+,sport/tennis/player1/ranking",
        "sport/tennis/+,sport/tennis",
        "sport/+,sport",
        "+,/finance",
        "+,a/b",
        "+/+,a",
        "#,$SYS/broker/load",
        "#,$SYS",
        "+/monitor/Clients,$SYS/monitor/Clients",
        "+,$SYS",
        "+/#,$SYS/x",
        "ACCOUNTS,Accounts",
        "/finance,finance",
        "finance,/finance",
        "a/b,a/b/",
        "a/b/,a/b",
        "a/+/#,a",
        "a,b",
        "a/b,a",
        "a,a/b"
    })
    void matchesNot(String filter, String topic) {
        assertThat(TopicFilter.of(filter).matches(TopicName.of(topic))).isFalse();
    }
}
