package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P2pTopicTest {

    @Test
    void isParentThenP2pThenClientId() {
        TopicName topic = TopicName.p2p("alarms", ClientId.of("GID_demo", "device-1"));
        assertThat(topic.value()).isEqualTo("alarms/p2p/GID_demo@@@device-1");
        assertThat(topic.isP2p()).isTrue();
        assertThat(topic.parentTopic()).isEqualTo("alarms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alarms/p2p",
                "alarms/p2p/",
                "alarms/p2p/a/b",
                "alarms/P2P/a",
                "p2p/a",
                "alarms/x/p2p/a",
                "alarms/p2pa"
            })
    void otherTopicsAreNone(String value) {
        assertThat(TopicName.of(value).isP2p()).isFalse();
    }

    @Test
    void refusesAParentTopicOfMoreThanOneLevel() {
        ClientId client = ClientId.of("GID_demo", "device-1");
        assertThatThrownBy(() -> TopicName.p2p("a/b", client))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessage(
                        "Parent topic [a/b] has more than one level; a P2P topic is <parent topic>/p2p/<client ID>");
    }

    @Test
    void refusesAnEmptyParentTopicAndAWildcard() {
        ClientId client = ClientId.of("GID_demo", "device-1");
        assertThatThrownBy(() -> TopicName.p2p("", client)).hasMessageStartingWith("Parent topic [] is empty");
        assertThatThrownBy(() -> TopicName.p2p("+", client)).isInstanceOf(InvalidMqttValueException.class);
    }
}
