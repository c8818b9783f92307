package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Policies and requests at random, from a vocabulary so small that they meet often, and in every way there is. */
record Generated(Random random) {

    private static final List<String> ACTIONS = List.of(
            "mq:PUB", "mq:PUB", "mq:SUB", "mq:*", "mq:*", "*", "mq:P?B", "MQ:pub", "*:PUB", "mq:", "oss:*", "mq:*B");

    private static final List<String> ASKED = List.of("mq:PUB", "mq:PUB", "mq:SUB", "MQ:Pub", "mq:OnsTopicCreate");

    private static final List<String> RESOURCES = List.of(
            "*",
            "*",
            "acs:mq:*:*:*",
            "acs:mq:*:*:topic/x/alarms",
            "acs:mq:*:*:topic/x/alarms",
            "acs:mq:*:*:topic/x/*",
            "acs:mq:*:*:t*",
            "acs:mq:*:*:topic/?/alarms",
            "acs:mq:*:*:*/alarms",
            "acs:mq:*:*:topic/x/a*s",
            "acs:mq:*:*:topic/x/alarms?",
            "acs:mq:*:*:topic/x/alarms**",
            "acs:mq:*:*:topic/x/a:b",
            "acs:mq:*:*:topic/x/a:*",
            "acs:mq:*:*:topic/x/*:b",
            "acs:mq:*:*:",
            "acs:mq:*:*:MQ_INST_1%alarms",
            "acs:mq:*:*:MQ_INST_1*",
            "acs:mq:*:*:*%alarms",
            "acs:mq:cn-hangzhou:*:topic/x/*",
            "acs:mq:cn-*:*:topic/x/alarms",
            "acs:mq:*:1:topic/x/alarms",
            "acs:mq:cn-shanghai:2:*",
            "acs:mq:::topic/x/alarms",
            "acs:m?:*:*:topic/x/alarms",
            "acs:*:*:*:topic/x/alarms",
            "?cs:mq:*:*:topic/x/alarms",
            "acs:mq:**:*:topic/x/alarms",
            "acs:rocketmq:*:*:*",
            "acs:mq:*",
            "acs:*",
            "acs:*:alarms",
            "acs:mq:*:topic/x/a:b",
            "**",
            "topic/x/alarms",
            "");

    private static final List<String> IDS = List.of(
            "topic/x/alarms",
            "topic/x/alarms",
            "topic/x/alarms",
            "topic/y/alarms",
            "topic/x/a:b",
            "topic/x/a:b:c",
            "topic/x/alarms:",
            "MQ_INST_1%alarms",
            ResourceName.UNKNOWN + "%alarms",
            "topic/x/" + ResourceName.UNKNOWN,
            ResourceName.UNKNOWN,
            "topic/x/alarm",
            "topic/x/alarmsX",
            "t",
            "");

    private static final List<String> CONDITIONS = List.of(
            "{'Bool':{'k1':'true'}}",
            "{'StringEquals':{'k1':['true','x']}}",
            "{'StringNotEquals':{'k1':'true'}}",
            "{'StringLike':{'k2':'t*'}}",
            "{'StringNotLike':{'k2':['x','f*']}}",
            "{'StringEquals':{'k1':'true','k2':'true'}}",
            "{'StringEquals':{'K1':'true'}}",
            "{'NumericLessThan':{'k3':'10'}}",
            "{'NumericGreaterThan':{'k3':['many','20']}}",
            "{'IpAddress':{'k2':'10.0.0.0/8'}}",
            "{'Bool':{'k1':'true'},'StringLike':{'k2':'?????'}}",
            "{'DateLessThan':{'acs:CurrentTime':'2026-06-01T00:00:00Z'}}",
            "{'DateGreaterThanEquals':{'acs:CurrentTime':'2026-06-01T08:00:00+08:00'},'Bool':{'k1':'true'}}",
            "{'DateLessThan':{'acs:currenttime':'2026-06-01T00:00:00Z'}}",
            "{'Null':{'k1':'true'}}",
            "{'Null':{'k1':'true'},'Bool':{'k2':'true'}}",
            "{}");

    static final List<String> KEYS = List.of("k1", "k2", "k3", RequestContext.CURRENT_TIME);

    static final List<String> TIMES = List.of("2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z");

    private static final List<String> VALUES = List.of("true", "false", "x", "5", "15", "25", "10.1.2.3");

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> List<T> some(int most, Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(most + 1)).toList();
    }

    String action() {
        return one(ASKED);
    }

    /** A resource in a request; parts of its name may be unknown. */
    ResourceName resource() {
        return ResourceName.of(
                onceIn(8) ? "rocketmq" : "mq",
                onceIn(3) ? null : one(List.of("cn-hangzhou", "cn-shanghai", "")),
                onceIn(3) ? null : one(List.of("1", "2")),
                one(IDS));
    }

    /** Every key is present or absent. */
    Map<String, List<String>> truth() {
        Map<String, List<String>> present = new HashMap<>();
        for (String key : KEYS) {
            List<String> values =
                    key.equals(RequestContext.CURRENT_TIME) ? List.of(one(TIMES)) : some(2, () -> one(VALUES));
            if (!values.isEmpty()) {
                present.put(key, values);
            }
        }
        return present;
    }

    /** What is left of the truth for one who does not know some of it. */
    RequestContext known(Map<String, List<String>> truth) {
        if (onceIn(3)) {
            return RequestContext.complete(truth);
        }
        Map<String, List<String>> present = new HashMap<>(truth);
        Set<String> absent = new HashSet<>(KEYS);
        absent.removeAll(truth.keySet());
        present.keySet().removeIf(key -> onceIn(2));
        absent.removeIf(key -> onceIn(2));
        return RequestContext.partial(present, absent);
    }

    PolicySet policies() {
        return new PolicySet(some(3, this::policy));
    }

    Policy policy() {
        return policy(some(4, () -> statement(null)));
    }

    static Policy policy(List<String> statements) {
        return Policy.parse("p", "{\"Version\":\"1\",\"Statement\":[" + String.join(",", statements) + "]}");
    }

    /** A statement with this effect, or with any. */
    String statement(@Nullable Effect effect) {
        boolean allow = effect == null ? random.nextInt(5) < 3 : effect == Effect.ALLOW;
        List<String> members = new ArrayList<>();
        members.add("'Effect':'" + (allow ? "Allow" : "Deny") + "'");
        members.add((onceIn(6) ? "'NotAction':" : "'Action':") + texts(ACTIONS));
        members.add((onceIn(6) ? "'NotResource':" : "'Resource':") + texts(RESOURCES));
        if (onceIn(2)) {
            members.add("'Condition':" + one(CONDITIONS));
        }
        if (onceIn(12)) {
            members.add("'Unless':'Tuesday'");
        }
        return ("{" + String.join(",", members) + "}").replace('\'', '"');
    }

    private String texts(List<String> from) {
        List<String> chosen = new ArrayList<>(some(2, () -> "'" + one(from) + "'"));
        chosen.add("'" + one(from) + "'");
        return chosen.toString();
    }
}
