package io.apsaramqtt.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.apsaramqtt.credentials.CredentialsException.Attempt;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsProviderChainTest {

    private static final CredentialsProvider EMPTY_ENVIRONMENT = VariablesCredentialsProvider.environment(name -> null);
    private static final CredentialsProvider EMPTY_PROPERTIES =
            VariablesCredentialsProvider.systemProperties(name -> null);

    @Test
    void theFirstThatHasAnAccessKeyAnswers() {
        CredentialsProvider later = mock();
        AccessKey key = AccessKey.of("i", "s");
        assertThat(CredentialsProvider.chain(EMPTY_ENVIRONMENT, CredentialsProvider.of(key), later)
                        .resolve())
                .isEqualTo(key);
        verifyNoInteractions(later);
    }

    @Test
    void aFailureListsEveryAttempt() {
        CredentialsProvider vault = mock();
        when(vault.resolve()).thenThrow(CredentialsException.of("vault", "is sealed"));
        CredentialsProvider half =
                VariablesCredentialsProvider.environment(Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", "i")::get);
        CredentialsException e = catchThrowableOfType(
                CredentialsException.class,
                () -> CredentialsProvider.chain(EMPTY_PROPERTIES, CredentialsProvider.chain(half, vault))
                        .resolve());
        assertThat(e.attempts())
                .containsExactly(
                        new Attempt("system properties", "alibabacloud.accessKeyId is not set"),
                        new Attempt("environment", "ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set"),
                        new Attempt("vault", "is sealed"));
        assertThat(e)
                .hasMessage("No AccessKey found. Tried [system properties: alibabacloud.accessKeyId is not set;"
                        + " environment: ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set; vault: is sealed]. Set"
                        + " ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or pass a"
                        + " CredentialsProvider");
    }

    @Test
    void aDefectOfAProviderIsNotTakenForAMissingKey() {
        CredentialsProvider broken = mock();
        when(broken.resolve()).thenThrow(new IllegalStateException("defect"));
        assertThatThrownBy(() ->
                        CredentialsProvider.chain(broken, EMPTY_ENVIRONMENT).resolve())
                .isInstanceOf(IllegalStateException.class);
    }
}
