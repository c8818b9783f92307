package io.apsaramqtt.openapi;

import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.ServiceRuleException;
import io.apsaramqtt.mqtt.ServiceRuleException.Rule;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What ApplyToken is asked for, held to the rules of its page before it is asked. Immutable. */
record TokenApplication(TokenType type, List<TopicFilter> resources, Duration life) {

    private static final int MOST_RESOURCES = 100;
    private static final Duration SHORTEST = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofDays(30);

    /** Makes the call of an action with these parameters. */
    @FunctionalInterface
    interface Request {
        OpenApiCall of(String action, Map<String, String> parameters, boolean repeatable);
    }

    /** The resources sorted in dictionary order, each once, as the service wants them. */
    static TokenApplication of(TokenType type, Collection<TopicFilter> resources, Duration life) {
        return new TokenApplication(
                type,
                resources.stream()
                        .map(TopicFilter::value)
                        .distinct()
                        .sorted()
                        .map(TopicFilter::of)
                        .toList(),
                life);
    }

    TokenApplication {
        if (resources.isEmpty() || resources.size() > MOST_RESOURCES) {
            throw new ServiceRuleException(
                    Rule.TOKEN_RESOURCES,
                    "A token for " + resources.size() + " topics is not given; the service allows 1 to "
                            + MOST_RESOURCES
                            + ". Use filters such as alarms/#, or a token for each of several clients");
        }
        for (TopicFilter resource : resources) {
            if (resource.value().indexOf(',') >= 0) {
                throw new ServiceRuleException(
                        Rule.TOKEN_RESOURCES,
                        "Topic [" + resource
                                + "] holds a comma, where the service cuts its list of topics. Use a filter"
                                + " that covers it, such as its parent topic with /#");
            }
        }
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw new ServiceRuleException(
                    Rule.TOKEN_LIFE,
                    "A token that lives for [" + life + "] is not given; the service allows 60 s to 30 days, and cuts a"
                            + " longer life to that without a word");
        }
    }

    Token apply(OpenApiCaller caller, Request request, AccessKey accessKey) {
        Instant expiresAt = caller.clock().instant().plus(life).truncatedTo(ChronoUnit.MILLIS);
        Map<String, String> parameters = Map.of(
                "Actions", type.actions(),
                "Resources", resources.stream().map(TopicFilter::value).collect(Collectors.joining(",")),
                "ExpireTime", Long.toString(expiresAt.toEpochMilli()));
        return caller.call(
                request.of("ApplyToken", parameters, true),
                accessKey,
                answer -> Token.of(type, answer.get("Token").requireText(), expiresAt, resources));
    }
}
