package io.apsaramqtt.benchmarks;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.permission.CurrentPermissions;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Principal;
import io.apsaramqtt.permission.TopicRule;
import io.apsaramqtt.permission.TopicRules;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.permission.source.CacheTimes;
import io.apsaramqtt.permission.source.PermissionCache;
import io.apsaramqtt.permission.source.PermissionSource;
import io.apsaramqtt.policy.Effect;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the check adds to a publish or subscribe: where the verdict is known, and where it is decided afresh. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PermissionCheckBenchmark {

    private static final Policy POLICY = Policy.system("AliyunMQPubOnlyAccess");

    private final EffectivePermissions granted =
            EffectivePermissions.of(PolicySet.of(POLICY), Instant.EPOCH, "the benchmark");
    private final TopicName topic = TopicName.of("alarms/device-1");
    private final TopicFilter filter = TopicFilter.of("alarms/+/state");
    private final Permissions known = permissions(() -> granted);
    private final Permissions cached = permissions(new PermissionCache(
            PermissionSource.fixed(POLICY), CacheTimes.standard(), Runnable::run, Clock.systemUTC()));
    private final EffectivePermissions rules = new EffectivePermissions(
            Principal.unknown(),
            new Grants.Rules(new TopicRules(
                    List.of(new TopicRule(Effect.ALLOW, EnumSet.allOf(Operation.class), TopicFilter.of("alarms/#"))))),
            Instant.EPOCH,
            "the benchmark");
    private final Permissions ruled = permissions(() -> rules);

    private static Permissions permissions(CurrentPermissions current) {
        PermissionScope scope =
                new PermissionScope(ServiceInstance.of("post-cn-x"), Optional.of("GID_demo"), Dialect.AUTO, false);
        return new Permissions(scope, current, Optional::empty, Clock.systemUTC());
    }

    /** The check of every publish but the first under a parent topic. */
    @Benchmark
    public Verdict knownTopic() {
        return known.checkPublish(topic);
    }

    /** The same of permissions that a client reads and keeps fresh. */
    @Benchmark
    public Verdict knownTopicFromCache() {
        return cached.checkPublish(topic);
    }

    /** The same where the name of the topic is made for the publish, from its text. */
    @Benchmark
    public Verdict newNameOfKnownTopic() {
        return known.checkPublish(TopicName.of("alarms/device-1"));
    }

    /** The check of every subscribe but the first under a parent topic. */
    @Benchmark
    public Verdict knownFilter() {
        return known.checkSubscribe(filter);
    }

    /** The check of every publish but the first to a topic, where topic rules take the place of policies. */
    @Benchmark
    public Verdict knownTopicOfRules() {
        return ruled.checkPublish(topic);
    }

    /** The first check under a parent topic, the set-up of an empty cache included. */
    @Benchmark
    public Verdict firstTopic() {
        return permissions(() -> granted).checkPublish(topic);
    }
}
