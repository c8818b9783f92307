package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.permission.source.PermissionSource;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where a client connects to, and as whom, where something else than the properties knows: a test that starts a broker, or a
 * platform. A bean of this type wins over the properties. Of several, each has the name of its client as bean name or
 * qualifier.
 *
 * <p>Implementations must be thread-safe.
 */
public interface ApsaraMqttConnectionDetails extends ConnectionDetails {

    /** Brokers to connect to, in order, as in {@code apsara.mqtt.endpoint}. */
    List<String> endpoints();

    /** The instance; empty for that of the properties. */
    default Optional<String> instanceId() {
        return Optional.empty();
    }

    /** Where the AccessKey comes from; empty for what the application has. */
    default Optional<CredentialsProvider> credentials() {
        return Optional.empty();
    }

    /** Where the permissions are read from; empty for what the application has. */
    default Optional<PermissionSource> permissions() {
        return Optional.empty();
    }
}
