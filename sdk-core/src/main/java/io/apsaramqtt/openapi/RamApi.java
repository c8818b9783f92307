package io.apsaramqtt.openapi;

import io.apsaramqtt.credentials.AccessKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The calls of RAM 2015-05-01 and STS 2015-04-01 that tell what a principal was granted, made with one AccessKey. */
record RamApi(OpenApiCaller caller, RamEndpoints endpoints, AccessKey accessKey) {

    private static final String VERSION = "2015-05-01";

    CallerIdentity callerIdentity() {
        return caller.call(
                OpenApiCall.reading(endpoints.sts(), "2015-04-01", "GetCallerIdentity", Map.of()),
                accessKey,
                CallerIdentity::read);
    }

    List<PolicyKey> policiesForUser(String name) {
        return policies("ListPoliciesForUser", Map.of("UserName", name));
    }

    List<PolicyKey> policiesForGroup(String name) {
        return policies("ListPoliciesForGroup", Map.of("GroupName", name));
    }

    List<PolicyKey> policiesForRole(String name) {
        return policies("ListPoliciesForRole", Map.of("RoleName", name));
    }

    List<String> groupsForUser(String name) {
        return listed(
                        "ListGroupsForUser",
                        Map.of("UserName", name),
                        answer -> answer.get("Groups").get("Group"))
                .stream()
                .map(group -> group.get("GroupName").requireText())
                .toList();
    }

    private List<PolicyKey> policies(String action, Map<String, String> parameters) {
        return listed(action, parameters, answer -> answer.get("Policies").get("Policy")).stream()
                .map(PolicyKey::read)
                .toList();
    }

    /**
     * All elements of a list. No page says that these lists come in parts, but others of RAM do, and half a list would deny
     * what the other half allows.
     */
    private List<Json> listed(String action, Map<String, String> parameters, Function<Json, Json> list) {
        List<Json> all = new ArrayList<>();
        Map<String, String> asked = new HashMap<>(parameters);
        Set<String> markers = new HashSet<>();
        Optional<String> marker;
        do {
            Part part = caller.call(
                    OpenApiCall.reading(endpoints.ram(), VERSION, action, asked),
                    accessKey,
                    answer -> new Part(list.apply(answer).elements(), next(answer, markers)));
            all.addAll(part.elements());
            marker = part.next();
            marker.ifPresent(from -> {
                markers.add(from);
                asked.put("Marker", from);
            });
        } while (marker.isPresent());
        return all;
    }

    private record Part(List<Json> elements, Optional<String> next) {}

    private static Optional<String> next(Json answer, Set<String> before) {
        if (answer.get("IsTruncated").text().filter("true"::equals).isEmpty()) {
            return Optional.empty();
        }
        String marker = answer.get("Marker").requireText();
        if (before.contains(marker)) {
            throw new UnexpectedAnswerException(
                    "names Marker [" + marker + "] a second time, its list would have no end");
        }
        return Optional.of(marker);
    }

    /** The document of the default version, which is the one in force. */
    String document(PolicyKey policy) {
        Map<String, String> named = Map.of("PolicyName", policy.name(), "PolicyType", policy.type());
        Document found = caller.call(
                OpenApiCall.reading(endpoints.ram(), VERSION, "GetPolicy", named),
                accessKey,
                answer -> answer.get("DefaultPolicyVersion")
                        .get("PolicyDocument")
                        .text()
                        .map(text -> new Document(text, ""))
                        .orElseGet(() -> new Document(
                                "", answer.get("Policy").get("DefaultVersion").requireText())));
        return found.text().isEmpty() ? version(named, found.version()) : found.text();
    }

    private record Document(String text, String version) {}

    /** Older pages have GetPolicy answer without the document. */
    private String version(Map<String, String> named, String version) {
        Map<String, String> parameters = new HashMap<>(named);
        parameters.put("VersionId", version);
        return caller.call(
                OpenApiCall.reading(endpoints.ram(), VERSION, "GetPolicyVersion", parameters),
                accessKey,
                answer -> answer.get("PolicyVersion").get("PolicyDocument").requireText());
    }
}
