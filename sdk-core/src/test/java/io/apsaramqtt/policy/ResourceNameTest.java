package io.apsaramqtt.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNameTest {

    @Test
    void showsAStarForWhatIsUnknown() {
        ResourceName name = ResourceName.of("mq", null, null, ResourceName.UNKNOWN + "%orders");
        assertThat(name).hasToString("acs:mq:*:*:*%orders");
        assertThat(name.relativeId()).isEqualTo("*%orders");
    }

    @Test
    void theRelativeIdMayHoldMoreColons() {
        ResourceName name = ResourceName.of("acs:mq:cn-hangzhou:1:topic/a:b:c");
        assertThat(name.relativeId()).isEqualTo("topic/a:b:c");
        assertThat(name).isEqualTo(ResourceName.of("mq", "cn-hangzhou", "1", "topic/a:b:c"));
        assertThat(name).hasSameHashCodeAs(ResourceName.of("mq", "cn-hangzhou", "1", "topic/a:b:c"));
        assertThat(name).isNotEqualTo(ResourceName.of("mq", null, "1", "topic/a:b:c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "acs:mq:*:*", "arn:mq:*:*:x", "topic/x"})
    void refusesWhatIsNoResourceName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourceName.of(text))
                .withMessage("Resource name [" + text
                        + "] is not of the form acs:<service>:<region>:<account>:<relative ID>");
    }
}
