package io.apsaramqtt.benchmarks;

import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the check adds to a publish: a topic whose verdict is known, beside one that is decided afresh. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PermissionCheckBenchmark {

    private final EffectivePermissions granted = EffectivePermissions.of(
            PolicySet.of(Policy.system("AliyunMQPubOnlyAccess")), Instant.EPOCH, "the benchmark");
    private final TopicName topic = TopicName.of("alarms/device-1");
    private final Permissions known = permissions();

    private Permissions permissions() {
        PermissionScope scope =
                new PermissionScope(ServiceInstance.of("post-cn-x"), Optional.of("GID_demo"), Dialect.AUTO, false);
        return new Permissions(scope, () -> granted, Optional::empty, Clock.systemUTC());
    }

    /** The check of every publish but the first under a parent topic. */
    @Benchmark
    public Verdict knownTopic() {
        return known.checkPublish(topic);
    }

    /** The first check under a parent topic, the set-up of an empty cache included. */
    @Benchmark
    public Verdict firstTopic() {
        return permissions().checkPublish(topic);
    }
}
