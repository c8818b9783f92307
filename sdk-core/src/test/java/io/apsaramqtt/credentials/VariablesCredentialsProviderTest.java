package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesCredentialsProviderTest {

    @Test
    void readsTheEnvironment() {
        assertThat(environment(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "i", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s")))
                .isEqualTo(AccessKey.of("i", "s"));
    }

    @Test
    void readsATemporaryKeyFromTheEnvironment() {
        assertThat(environment(Map.of(
                        "ALIBABA_CLOUD_ACCESS_KEY_ID", "i",
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s",
                        "ALIBABA_CLOUD_SECURITY_TOKEN", "t")))
                .isEqualTo(AccessKey.temporary("i", "s", "t"));
    }

    @Test
    void anEmptyTokenMeansNone() {
        assertThat(environment(Map.of(
                        "ALIBABA_CLOUD_ACCESS_KEY_ID", "i",
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s",
                        "ALIBABA_CLOUD_SECURITY_TOKEN", " ")))
                .isEqualTo(AccessKey.of("i", "s"));
    }

    @Test
    void aLineBreakAtTheEndIsNoPartOfTheKey() {
        assertThat(environment(Map.of(
                        "ALIBABA_CLOUD_ACCESS_KEY_ID", "i\n",
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s\r\n",
                        "ALIBABA_CLOUD_SECURITY_TOKEN", "t ")))
                .isEqualTo(AccessKey.temporary("i", "s", "t"));
    }

    @Test
    void saysWhichVariableIsNotSet() {
        assertThatThrownBy(() -> environment(Map.of()))
                .isInstanceOf(CredentialsException.class)
                .hasMessage("No AccessKey found. Tried [environment: ALIBABA_CLOUD_ACCESS_KEY_ID is not set]. Set"
                        + " ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or pass a"
                        + " CredentialsProvider");
        assertThatThrownBy(() -> environment(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "i")))
                .hasMessageContaining("[environment: ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set]");
    }

    @Test
    void saysWhichVariableIsEmpty() {
        assertThatThrownBy(() -> environment(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "")))
                .hasMessageContaining("[environment: ALIBABA_CLOUD_ACCESS_KEY_ID is set but empty]");
    }

    @Test
    void readsTheSystemProperties() {
        assertThat(properties(Map.of("alibabacloud.accessKeyId", "i", "alibabacloud.accessKeySecret", "s")))
                .isEqualTo(AccessKey.of("i", "s"));
        assertThat(properties(Map.of(
                        "alibabacloud.accessKeyId", "i",
                        "alibabacloud.accessKeySecret", "s",
                        "alibabacloud.sessionToken", "t")))
                .isEqualTo(AccessKey.temporary("i", "s", "t"));
    }

    @Test
    void theLegacyPropertyOfTheSecretWinsWhereSet() {
        assertThat(properties(Map.of("alibabacloud.accessKeyId", "i", "alibabacloud.accessKeyIdSecret", "old")))
                .isEqualTo(AccessKey.of("i", "old"));
        assertThat(properties(Map.of(
                        "alibabacloud.accessKeyId", "i",
                        "alibabacloud.accessKeyIdSecret", "old",
                        "alibabacloud.accessKeySecret", "new")))
                .isEqualTo(AccessKey.of("i", "old"));
        assertThat(properties(Map.of(
                        "alibabacloud.accessKeyId", "i",
                        "alibabacloud.accessKeyIdSecret", " ",
                        "alibabacloud.accessKeySecret", "new")))
                .isEqualTo(AccessKey.of("i", "new"));
    }

    @Test
    void aMissingPropertyIsCalledByItsCurrentName() {
        assertThatThrownBy(() -> properties(Map.of("alibabacloud.accessKeyId", "i")))
                .hasMessageContaining("[system properties: alibabacloud.accessKeySecret is not set]");
    }

    @Test
    void readsTheVariablesAnewEachTime() {
        Map<String, String> variables =
                new HashMap<>(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "i", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s"));
        CredentialsProvider provider = VariablesCredentialsProvider.environment(variables::get);
        assertThat(provider.resolve().secret()).isEqualTo("s");
        variables.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "rotated");
        assertThat(provider.resolve().secret()).isEqualTo("rotated");
    }

    private static AccessKey environment(Map<String, String> variables) {
        return VariablesCredentialsProvider.environment(variables::get).resolve();
    }

    private static AccessKey properties(Map<String, String> variables) {
        return VariablesCredentialsProvider.systemProperties(variables::get).resolve();
    }
}
