package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.permission.PermissionMode;
import io.apsaramqtt.resource.Dialect;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Check of each publish and subscribe before it is sent.
 *
 * <p>Immutable.
 *
 * @param policyFile File that holds the RAM policies of this client. Without it, url or ram the broker alone decides.
 * @param watch Whether the policy file is read again as soon as it changes.
 * @param url Server of your own that is asked for the RAM policies of this client, instead of a file.
 * @param ram Reading the policies from RAM, instead of a file.
 * @param mode What is done with a denied operation.
 * @param startup What is done at start with what the application declares and its permissions deny.
 * @param dialect Generation of resource names that the policies use.
 * @param unknownDenied Whether what is not certainly allowed is refused too.
 * @param instanceAccessRequired Whether a missing mq:MqttInstanceAccess denies.
 */
public record MqttPermissionProperties(
        @Nullable Path policyFile,
        @DefaultValue("false") boolean watch,
        @Nullable URI url,
        @DefaultValue Ram ram,
        @Nullable PermissionMode mode,
        @DefaultValue("warn") Startup startup,
        @Nullable Dialect dialect,
        @DefaultValue("false") boolean unknownDenied,
        @DefaultValue("false") boolean instanceAccessRequired) {

    /** What is done at start with what the application declares and its permissions deny. */
    public enum Startup {
        /** The application does not start. */
        FAIL,
        /** The application starts, and a warning says what is denied, and which policy would allow it. */
        WARN,
        /** Nothing is asked. */
        OFF
    }

    /**
     * Reading the policies from RAM.
     *
     * <p>Immutable.
     *
     * @param enabled Whether RAM is asked what the user or role behind the AccessKey was granted, for which that one needs rights.
     * @param endpoint Server that is asked instead of those of Alibaba Cloud, such as a fake one in a test.
     * @param controlPolicies Whether control policies may bind the account. If not, they are not asked for.
     * @param resourceGroupPolicies Whether policies may be attached in resource groups. If not, they are not asked for.
     */
    public record Ram(
            @DefaultValue("false") boolean enabled,
            @Nullable URI endpoint,
            @DefaultValue("true") boolean controlPolicies,
            @DefaultValue("true") boolean resourceGroupPolicies) {}

    /** Where they are read from and what is done with them; never the user information and query of the URL. */
    @Override
    public String toString() {
        URI server = url;
        return "Permissions["
                + (policyFile != null ? policyFile : server != null ? server.getHost() : ram.enabled() ? "RAM" : "none")
                + ", mode=" + mode + ", startup=" + startup + "]";
    }
}
