package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.account.Attachment;
import io.apsaramqtt.test.cloud.account.Group;
import io.apsaramqtt.test.cloud.account.Identity;
import io.apsaramqtt.test.cloud.account.PolicyType;
import io.apsaramqtt.test.cloud.account.PolicyVersion;
import io.apsaramqtt.test.cloud.account.StoredPolicy;
import io.apsaramqtt.test.cloud.account.User;
import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** RAM 2015-05-01, as far as it tells what an identity may do. Whoever may not ask learns nothing of what exists. */
final class RamOperations {

    static final String VERSION = "2015-05-01";

    private final Account account;
    private final Authorizer authorizer;

    RamOperations(Account account, Authorizer authorizer) {
        this.account = account;
        this.authorizer = authorizer;
    }

    Map<String, CloudOperation> byName() {
        return Map.of(
                "GetUser", this::getUser,
                "ListGroupsForUser", this::listGroupsForUser,
                "ListPoliciesForUser", request -> listPolicies(request, "User"),
                "ListPoliciesForGroup", request -> listPolicies(request, "Group"),
                "ListPoliciesForRole", request -> listPolicies(request, "Role"),
                "GetPolicy", this::getPolicy,
                "GetPolicyVersion", this::getPolicyVersion);
    }

    private Map<String, Object> getUser(VerifiedRequest request) {
        User user = (User) identity(request, "User");
        return Map.of(
                "User",
                Map.of(
                        "UserId", user.id(),
                        "UserName", user.name(),
                        "DisplayName", user.name(),
                        "CreateDate", WireTime.of(user.createdAt())));
    }

    private Map<String, Object> listGroupsForUser(VerifiedRequest request) {
        String userName = identity(request, "User").name();
        List<Map<String, String>> groups = account.groupsOf(userName).stream()
                .map(group -> Map.of(
                        "GroupName", group.name(),
                        "GroupId", group.id(),
                        "Comments", "",
                        "JoinDate", joinDate(group, userName)))
                .toList();
        return Map.of("Groups", Map.of("Group", groups));
    }

    private static String joinDate(Group group, String userName) {
        return group.joinedAt(userName).map(WireTime::of).orElse("");
    }

    private Map<String, Object> listPolicies(VerifiedRequest request, String kind) {
        List<Map<String, String>> policies = identity(request, kind)
                .accountAttachments()
                .map(RamOperations::listed)
                .toList();
        return Map.of("Policies", Map.of("Policy", policies));
    }

    private static Map<String, String> listed(Attachment attachment) {
        return Map.of(
                "PolicyName", attachment.policy().name(),
                "PolicyType", attachment.policy().type().wireName(),
                "Description", "",
                "DefaultVersion", attachment.policy().defaultVersionId(),
                "AttachDate", WireTime.of(attachment.attachedAt()));
    }

    private Identity identity(VerifiedRequest request, String kind) {
        String name = request.parameters().require(kind + "Name");
        String relativeId = kind.toLowerCase(Locale.ROOT) + "/" + name;
        authorizer.requireRam(request.caller(), request.action(), account.id(), relativeId);
        Optional<? extends Identity> found = switch (kind) {
            case "User" -> account.findUser(name);
            case "Group" -> account.findGroup(name);
            default -> account.findRole(name);
        };
        return found.map(Identity.class::cast).orElseThrow(() -> notFound(kind, "The " + kind + " does not exist."));
    }

    private Map<String, Object> getPolicy(VerifiedRequest request) {
        StoredPolicy policy = policy(request);
        PolicyVersion inForce = policy.defaultVersion();
        return Map.of(
                "Policy",
                Map.of(
                        "PolicyName", policy.name(),
                        "PolicyType", policy.type().wireName(),
                        "Description", "",
                        "DefaultVersion", policy.defaultVersionId(),
                        "AttachmentCount", attachmentsOf(policy).count(),
                        "CreateDate", WireTime.of(policy.versions().get(0).createdAt()),
                        "UpdateDate", WireTime.of(inForce.createdAt())),
                "DefaultPolicyVersion",
                version(policy, inForce));
    }

    private Stream<Attachment> attachmentsOf(StoredPolicy policy) {
        return account.identities().stream()
                .flatMap(Identity::accountAttachments)
                .filter(attachment -> attachment.policy().equals(policy));
    }

    private Map<String, Object> getPolicyVersion(VerifiedRequest request) {
        String versionId = request.parameters().require("VersionId");
        StoredPolicy policy = policy(request);
        PolicyVersion version = policy.version(versionId)
                .orElseThrow(() -> notFound("Policy.Version", "The policy version does not exist."));
        return Map.of("PolicyVersion", version(policy, version));
    }

    private static Map<String, Object> version(StoredPolicy policy, PolicyVersion version) {
        return Map.of(
                "VersionId", version.id(),
                "IsDefaultVersion", version.id().equals(policy.defaultVersionId()),
                "CreateDate", WireTime.of(version.createdAt()),
                "PolicyDocument", version.document());
    }

    private StoredPolicy policy(VerifiedRequest request) {
        String name = request.parameters().require("PolicyName");
        String typeName = request.parameters().require("PolicyType");
        PolicyType type = Stream.of(PolicyType.values())
                .filter(each -> each.wireName().equals(typeName))
                .findFirst()
                .orElseThrow(() -> new CloudErrorException(
                        400,
                        "InvalidParameter.PolicyType",
                        "The specified PolicyType [" + typeName + "] is invalid; use Custom or System."));
        String owner = type == PolicyType.SYSTEM ? "system" : account.id();
        authorizer.requireRam(request.caller(), request.action(), owner, "policy/" + name);
        return account.policies().find(type, name).orElseThrow(() -> notFound("Policy", "The policy does not exist."));
    }

    private static CloudErrorException notFound(String entity, String message) {
        return new CloudErrorException(404, "EntityNotExist." + entity, message);
    }
}
