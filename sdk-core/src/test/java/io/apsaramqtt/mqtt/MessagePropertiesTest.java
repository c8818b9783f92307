package io.apsaramqtt.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessagePropertiesTest {

    private static final MessageProperties ALL = MessageProperties.none()
            .withUserProperty("region", "cn")
            .withUserProperty("region", "eu")
            .withUserProperty("unit", "")
            .withContentType("application/json")
            .withExpiry(Duration.ofMinutes(5))
            .withResponseTopic(TopicName.of("answers/a"))
            .withCorrelationData(new byte[] {1, 2})
            .withText(true);

    @Test
    void noneHasNothing() {
        MessageProperties none = MessageProperties.none();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.userProperties()).isEmpty();
        assertThat(none.contentType()).isEmpty();
        assertThat(none.expiry()).isEmpty();
        assertThat(none.responseTopic()).isEmpty();
        assertThat(none.correlationData()).isEmpty();
        assertThat(none.isText()).isFalse();
    }

    @Test
    void eachPropertyIsReadAsItWasGiven() {
        assertThat(ALL.isEmpty()).isFalse();
        assertThat(ALL.userProperties())
                .containsExactly(
                        new UserProperty("region", "cn"),
                        new UserProperty("region", "eu"),
                        new UserProperty("unit", ""));
        assertThat(ALL.contentType()).hasValue("application/json");
        assertThat(ALL.expiry()).hasValue(Duration.ofMinutes(5));
        assertThat(ALL.responseTopic()).hasValue(TopicName.of("answers/a"));
        assertThat(ALL.correlationData().orElseThrow()).containsExactly(1, 2);
        assertThat(ALL.isText()).isTrue();
    }

    @Test
    void ofUserPropertiesWithOneNameTheFirstIsFound() {
        assertThat(ALL.userProperty("region")).hasValue("cn");
        assertThat(ALL.userProperty("unit")).hasValue("");
        assertThat(ALL.userProperty("Region")).isEqualTo(Optional.empty());
    }

    @Test
    void eachWithMethodChangesItsOwnPartOnly() {
        MessageProperties none = MessageProperties.none();
        assertThat(none.withUserProperty("a", "b").withContentType("c").userProperty("a"))
                .hasValue("b");
        assertThat(ALL.withUserProperty("a", "b").correlationData()).isPresent();
        assertThat(ALL.withContentType("text/plain").userProperties()).hasSize(3);
        assertThat(ALL.withExpiry(Duration.ZERO).contentType()).isPresent();
        assertThat(ALL.withResponseTopic(TopicName.of("b")).expiry()).isPresent();
        assertThat(ALL.withCorrelationData(new byte[0]).responseTopic()).isPresent();
        assertThat(ALL.withText(false).withText(true)).isEqualTo(ALL);
        assertThat(none.isEmpty()).isTrue();
    }

    @Test
    void theListOfUserPropertiesCannotBeChanged() {
        UserProperty more = new UserProperty("a", "b");
        assertThatThrownBy(() -> ALL.userProperties().add(more)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void correlationDataIsCopiedOnTheWayInAndOut() {
        byte[] bytes = {1, 2};
        MessageProperties properties = MessageProperties.none().withCorrelationData(bytes);
        bytes[0] = 9;
        properties.correlationData().orElseThrow()[1] = 9;
        assertThat(properties.correlationData().orElseThrow()).containsExactly(1, 2);
    }

    @Test
    void propertiesAreEqualIfAllPartsAre() {
        MessageProperties none = MessageProperties.none();
        assertThat(none.withUserProperty("a", "b").withCorrelationData(new byte[] {1}))
                .isEqualTo(none.withCorrelationData(new byte[] {1}).withUserProperty("a", "b"))
                .hasSameHashCodeAs(none.withCorrelationData(new byte[] {1}).withUserProperty("a", "b"));
        assertThat(none)
                .isNotEqualTo(none.withUserProperty("a", "b"))
                .isNotEqualTo(none.withContentType(""))
                .isNotEqualTo(none.withExpiry(Duration.ZERO))
                .isNotEqualTo(none.withResponseTopic(TopicName.of("a")))
                .isNotEqualTo(none.withCorrelationData(new byte[0]))
                .isNotEqualTo(none.withText(true))
                .isNotEqualTo("none");
    }

    @Test
    void anExpiryCountsWholeSecondsRoundedUp() {
        MessageProperties none = MessageProperties.none();
        assertThat(none.withExpiry(Duration.ofMillis(1)).expiry()).hasValue(Duration.ofSeconds(1));
        assertThat(none.withExpiry(Duration.ofMillis(1_500)).expiry()).hasValue(Duration.ofSeconds(2));
        assertThat(none.withExpiry(Duration.ofSeconds(2)).expiry()).hasValue(Duration.ofSeconds(2));
    }

    @Test
    void anExpiryOutOfRangeIsRefused() {
        MessageProperties none = MessageProperties.none();
        Duration longest = Duration.ofSeconds(4_294_967_295L);
        assertThat(none.withExpiry(longest).expiry()).hasValue(longest);
        assertThatThrownBy(() -> none.withExpiry(longest.plusNanos(1)))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessageContaining("0 to 4,294,967,295 seconds");
        assertThatThrownBy(() -> none.withExpiry(Duration.ofSeconds(-1))).isInstanceOf(InvalidMqttValueException.class);
    }

    @Test
    void whatNoPacketCanCarryIsRefused() {
        MessageProperties none = MessageProperties.none();
        String tooLong = "x".repeat(65_536);
        assertThatThrownBy(() -> none.withContentType("a\0b"))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessage("Content type [a\0b] contains U+0000 at index 1; remove it");
        assertThatThrownBy(() -> none.withUserProperty(tooLong, "")).isInstanceOf(InvalidMqttValueException.class);
        assertThatThrownBy(() -> none.withUserProperty("half\uD83D", "")).isInstanceOf(InvalidMqttValueException.class);
        assertThatThrownBy(() -> none.withCorrelationData(new byte[65_536]))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessage("Correlation data [65536 bytes] is too long; MQTT allows 65,535 bytes");
        assertThat(none.withCorrelationData(new byte[65_535]).correlationData()).isPresent();
    }

    @Test
    void aRefusedUserPropertyDoesNotShowItsValue() {
        assertThatThrownBy(() -> MessageProperties.none().withUserProperty("token", "confidential\0"))
                .isInstanceOf(InvalidMqttValueException.class)
                .hasMessage("User property [token] has a value that contains U+0000 at index 12; remove it");
    }

    @Test
    void theStringFormNamesWhatIsThereAndShowsNoValue() {
        assertThat(MessageProperties.none()).hasToString("MessageProperties[user []]");
        assertThat(ALL)
                .hasToString("MessageProperties[user [region, region, unit], content type, expiry, response topic,"
                        + " correlation data, text]");
    }
}
