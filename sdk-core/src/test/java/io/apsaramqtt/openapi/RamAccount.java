package io.apsaramqtt.openapi;

import io.apsaramqtt.openapi.CloudServer.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An account with the RAM user {@code gateway} and the role {@code reader}, answered for by a {@link CloudServer}. */
final class RamAccount {

    static final String ID = "1234567890";

    final CloudServer server = new CloudServer();
    final List<PolicyKey> ofUser = new ArrayList<>();
    final List<PolicyKey> ofRole = new ArrayList<>();
    final Map<String, List<PolicyKey>> groups = new LinkedHashMap<>();
    final Map<PolicyKey, String> documents = new LinkedHashMap<>();

    RamAccount() {
        identity("RAMUser", "acs:ram::" + ID + ":user/gateway");
        server.on("ListPoliciesForUser", request -> Answer.ok(policies(ofUser)));
        server.on("ListPoliciesForRole", request -> Answer.ok(policies(ofRole)));
        server.on(
                "ListGroupsForUser",
                request -> Answer.ok("{\"Groups\":{\"Group\":["
                        + groups.keySet().stream()
                                .map(name -> "{\"GroupName\":\"" + name + "\"}")
                                .collect(Collectors.joining(","))
                        + "]}}"));
        server.on(
                "ListPoliciesForGroup",
                request -> Answer.ok(policies(groups.getOrDefault(request.parameter("GroupName"), List.of()))));
        server.on("GetPolicy", this::getPolicy);
        server.on(
                "GetResourceDirectory",
                request -> Answer.refused(404, "ResourceDirectoryNotInUse", "not an account of a directory"));
        server.on("GetDefaultDomain", "{\"DefaultDomainName\":\"demo.onaliyun.com\",\"RequestId\":\"R\"}");
        server.on("ListPolicyAttachments", request -> Answer.ok(attachments(request.parameter("PrincipalName"))));
    }

    RamAccount identity(String type, String arn) {
        server.on(
                "GetCallerIdentity",
                "{\"AccountId\":\"" + ID + "\",\"Arn\":\"" + arn + "\",\"IdentityType\":\"" + type
                        + "\",\"PrincipalId\":\"2\",\"RequestId\":\"R\"}");
        return this;
    }

    /** A custom policy that allows {@code action} on everything, or whatever the document says. */
    PolicyKey policy(String name, String documentOrAction) {
        PolicyKey key = new PolicyKey("Custom", name);
        documents.put(
                key,
                documentOrAction.startsWith("{") || documentOrAction.isEmpty()
                        ? documentOrAction
                        : "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"" + documentOrAction
                                + "\",\"Resource\":\"*\"}]}");
        return key;
    }

    String document(String name) {
        return documents.getOrDefault(new PolicyKey("Custom", name), "");
    }

    private Answer getPolicy(CloudServer.Request request) {
        PolicyKey key = new PolicyKey(request.parameter("PolicyType"), request.parameter("PolicyName"));
        String document = documents.get(key);
        return document == null
                ? Answer.refused(404, "EntityNotExist.Policy", "no policy " + key.name())
                : Answer.ok("{\"Policy\":{\"PolicyName\":\"" + key.name() + "\",\"DefaultVersion\":\"v3\"},"
                        + "\"DefaultPolicyVersion\":{\"PolicyDocument\":\"" + escaped(document) + "\"}}");
    }

    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    static String policies(List<PolicyKey> policies) {
        return "{\"Policies\":{\"Policy\":[" + listed(policies, "") + "]},\"RequestId\":\"R\"}";
    }

    private static String listed(List<PolicyKey> policies, String more) {
        return policies.stream()
                .map(policy -> "{\"PolicyType\":\"" + policy.type() + "\",\"PolicyName\":\"" + policy.name() + "\""
                        + more + "}")
                .collect(Collectors.joining(","));
    }

    private String attachments(String principal) {
        Map<String, List<PolicyKey>> known = new LinkedHashMap<>();
        known.put("gateway@demo.onaliyun.com", ofUser);
        known.put("reader@role.demo.onaliyunservice.com", ofRole);
        groups.forEach((name, policies) -> known.put(name + "@group.demo.onaliyun.com", policies));
        return attachments(known.getOrDefault(principal, List.of()), ID);
    }

    static String attachments(List<PolicyKey> policies, String scope) {
        return "{\"TotalCount\":" + policies.size() + ",\"PolicyAttachments\":{\"PolicyAttachment\":["
                + listed(policies, ",\"ResourceGroupId\":\"" + scope + "\"") + "]}}";
    }
}
