package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeyTest {

    private static final Instant END = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void theStringFormShowsTheMaskedIdOnly() {
        assertThat(AccessKey.of("LTAI5tExampleQx9", "top-secret")).hasToString("AccessKey[LTAI5t****Qx9]");
        assertThat(AccessKey.temporary("STS.NExampleToken", "top-secret", "token-secret"))
                .hasToString("AccessKey[STS.NE****ken, temporary]");
        assertThat(AccessKey.temporary("STS.NExampleToken", "top-secret", "token-secret", END))
                .hasToString("AccessKey[STS.NE****ken, temporary until 2026-11-21T10:00:00Z]");
    }

    @Test
    void knowsWhenATemporaryOneExpires() {
        AccessKey ending = AccessKey.temporary("i", "s", "t", END);
        assertThat(ending.expiresAt()).contains(END);
        assertThat(ending.isTemporary()).isTrue();
        assertThat(ending)
                .isEqualTo(AccessKey.temporary("i", "s", "t", END))
                .isNotEqualTo(AccessKey.temporary("i", "s", "t"))
                .isNotEqualTo(AccessKey.temporary("i", "s", "t", END.plusSeconds(1)));
        assertThat(AccessKey.temporary("i", "s", "t").expiresAt()).isEmpty();
        assertThat(AccessKey.of("i", "s").expiresAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LTAI5tExampleQx9,LTAI5t****Qx9", "LTAI5tEamQx9,LTAI5t****Qx9", "LTAI5tExQx9,L****", "Y,Y****"})
    void masksTheMiddleOfTheId(String id, String masked) {
        assertThat(AccessKey.of(id, "s").maskedId()).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void refusesABlankPart(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessKey.of(blank, "s"))
                .withMessage("AccessKey ID is empty; take it from the RAM console");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessKey.of("i", blank))
                .withMessage("AccessKey secret is empty; take it from the RAM console");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessKey.temporary("i", "s", blank))
                .withMessageStartingWith("Security token is empty");
    }

    @Test
    void isTemporaryWithASecurityTokenOrAnStsId() {
        assertThat(AccessKey.of("LTAI5t", "s").isTemporary()).isFalse();
        assertThat(AccessKey.of("STS.N", "s").isTemporary()).isTrue();
        assertThat(AccessKey.temporary("LTAI5t", "s", "t").isTemporary()).isTrue();
    }

    @Test
    void givesItsPartsToWhoAsks() {
        AccessKey key = AccessKey.temporary("i", "s", "t");
        assertThat(key.id()).isEqualTo("i");
        assertThat(key.secret()).isEqualTo("s");
        assertThat(key.securityToken()).contains("t");
        assertThat(AccessKey.of("i", "s").securityToken()).isEmpty();
    }

    @Test
    void isEqualIfAllPartsAre() {
        AccessKey key = AccessKey.of("i", "s");
        assertThat(key).isEqualTo(AccessKey.of("i", "s")).hasSameHashCodeAs(AccessKey.of("i", "s"));
        assertThat(key).isNotEqualTo(AccessKey.of("j", "s"));
        assertThat(key).isNotEqualTo(AccessKey.of("i", "r"));
        assertThat(key).isNotEqualTo(AccessKey.temporary("i", "s", "t"));
    }

    @Test
    void noSerializerFindsTheSecretThroughAGetter() {
        assertThat(AccessKey.class.getMethods())
                .noneMatch(method ->
                        method.getName().startsWith("get") && !method.getName().equals("getClass"));
        assertThat(AccessKey.class.isRecord()).isFalse();
    }
}
