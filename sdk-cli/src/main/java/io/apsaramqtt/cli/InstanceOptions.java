package io.apsaramqtt.cli;

import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** For which instance and group a question is asked, as far as it is known. Not thread-safe. */
final class InstanceOptions {

    @Option(
            names = "--instance",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "Instance ID, as in post-cn-x. Required for publish and subscribe.")
    private @Nullable String instance;

    @Option(
            names = "--group",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "Group of the client, as in GID_demo; a subscription needs it. Default: not known.")
    private @Nullable String group;

    @Option(
            names = "--dialect",
            scope = ScopeType.INHERIT,
            defaultValue = "AUTO",
            converter = DialectName.class,
            paramLabel = "NAME",
            description = "Generation of resource names that the policies use: MQTT_UPGRADED, MQTT_PREVIOUS, MQTT_2019,"
                    + " MQ_2020, MQ_2019, or AUTO: whichever they use. Default: ${DEFAULT-VALUE}.")
    private Dialect dialect = Dialect.AUTO;

    @Option(
            names = "--store-instance",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "RocketMQ instance that stores the messages (previous edition). Default: not known.")
    private @Nullable String storeInstance;

    @Option(
            names = "--account",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "Account that owns the instance. Default: not known.")
    private @Nullable String account;

    @Option(
            names = "--region",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "Region of the instance, as in cn-hangzhou. Default: not known.")
    private @Nullable String region;

    @Option(
            names = "--instance-access-required",
            scope = ScopeType.INHERIT,
            description = "A missing mq:MqttInstanceAccess denies. Default: it is a note, as the service's pages"
                    + " contradict each other.")
    private boolean instanceAccessRequired;

    @Nullable
    String region() {
        return region;
    }

    @Nullable
    String account() {
        return account;
    }

    /** The scope of the question; empty if no instance was named. */
    Optional<PermissionScope> scope(RequestKnowledge knowledge) {
        if (instance == null) {
            return Optional.empty();
        }
        ServiceInstance asked = ServiceInstance.of(instance);
        asked = storeInstance == null ? asked : asked.withStoreInstanceId(storeInstance);
        asked = region == null ? asked : asked.withRegionId(region);
        asked = account == null ? asked : asked.withAccountId(account);
        return Optional.of(new PermissionScope(
                asked, Optional.ofNullable(group), dialect, instanceAccessRequired, knowledge.keys()));
    }
}
