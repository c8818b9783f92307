package io.apsaramqtt.test.service;

import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import io.apsaramqtt.permission.PermissionScope;
import io.apsaramqtt.permission.Permissions;
import io.apsaramqtt.permission.Principal;
import io.apsaramqtt.permission.TopicRule;
import io.apsaramqtt.permission.TopicRules;
import io.apsaramqtt.permission.Verdict;
import io.apsaramqtt.resource.Dialect;
import io.apsaramqtt.resource.ServiceInstance;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rights that topic rules give: rows of custom authentication, or the resources of tokens. Immutable. */
record TopicRights(String name, Permissions permissions) implements Rights {

    static TopicRights of(String name, String instanceId, List<TopicRule> rules) {
        EffectivePermissions granted = new EffectivePermissions(
                new Principal(name), new Grants.Rules(new TopicRules(rules)), Instant.EPOCH, "the embedded broker");
        return new TopicRights(
                name,
                new Permissions(
                        new PermissionScope(ServiceInstance.of(instanceId), Optional.empty(), Dialect.AUTO, false),
                        () -> granted,
                        Optional::empty,
                        Clock.systemUTC()));
    }

    @Override
    public Optional<Verdict> verdict(String groupId, Function<Permissions, Verdict> question) {
        return Optional.of(question.apply(permissions));
    }
}
