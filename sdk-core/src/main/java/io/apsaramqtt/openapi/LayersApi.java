package io.apsaramqtt.openapi;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.openapi.OpenApiException.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be known of the layers beside the account's own (ResourceManager 2020-03-31, IMS 2019-08-15): mostly whether there
 * are any. Each answer is why the layer is not known, or empty if there is none; no failure is one of the whole.
 */
record LayersApi(OpenApiCaller caller, RamEndpoints endpoints, AccessKey accessKey) {

    private static final String VERSION = "2020-03-31";
    private static final int PAGE_SIZE = 100;

    /** Whom a policy may be attached to in a resource group, and what is attached to it in the account. */
    record Attached(String type, String nameBefore, String domainPrefix, List<PolicyKey> inAccount) {
        static Attached toUser(String name, List<PolicyKey> inAccount) {
            return new Attached("IMSUser", name + "@", "", inAccount);
        }

        static Attached toGroup(String name, List<PolicyKey> inAccount) {
            return new Attached("IMSGroup", name + "@group.", "", inAccount);
        }

        static Attached toRole(String name, List<PolicyKey> inAccount) {
            return new Attached("ServiceRole", name + "@role.", "service", inAccount);
        }

        /** Roles have a domain of their own: {@code role.<alias>.onaliyunservice.com}. */
        String nameIn(String defaultDomain) {
            return nameBefore
                    + (domainPrefix.isEmpty()
                            ? defaultDomain
                            : defaultDomain.replace(".onaliyun.com", ".onaliyun" + domainPrefix + ".com"));
        }
    }

    /**
     * Control policies bind the member accounts of a resource directory where they are enabled, and nobody else: neither an
     * account without a directory nor the management account. What they say, a member account may not read.
     */
    Optional<String> unreadControlPolicies(String accountId) {
        try {
            return caller.call(
                    OpenApiCall.reading(endpoints.resourceManager(), VERSION, "GetResourceDirectory", Map.of()),
                    accessKey,
                    answer -> {
                        Json directory = answer.get("ResourceDirectory");
                        boolean none =
                                directory.get("MasterAccountId").requireText().equals(accountId)
                                        || directory
                                                .get("ControlPolicyStatus")
                                                .text()
                                                .filter("Disabled"::equals)
                                                .isPresent();
                        return none
                                ? Optional.empty()
                                : Optional.of("account " + accountId + " is a member of resource directory "
                                        + directory
                                                .get("ResourceDirectoryId")
                                                .text()
                                                .orElse("")
                                        + ", and only its management account may read them");
                    });
        } catch (OpenApiException e) {
            return e.code().filter("ResourceDirectoryNotInUse"::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of(why(e, "resourcemanager:GetResourceDirectory"));
        }
    }

    /** Which resource group an instance is in is not known here: policies that hold in one may hold for it, or not. */
    Optional<String> unreadResourceGroupPolicies(String accountId, List<Attached> principals) {
        String domain;
        try {
            domain = caller.call(
                    OpenApiCall.reading(endpoints.ims(), "2019-08-15", "GetDefaultDomain", Map.of()),
                    accessKey,
                    answer -> answer.get("DefaultDomainName").requireText());
        } catch (OpenApiException e) {
            return Optional.of(why(e, "ram:GetDefaultDomain"));
        }
        for (Attached principal : principals) {
            Optional<String> unread = unread(accountId, principal, domain);
            if (unread.isPresent()) {
                return unread;
            }
        }
        return Optional.empty();
    }

    private Optional<String> unread(String accountId, Attached principal, String domain) {
        Set<PolicyKey> inAccount = new HashSet<>();
        List<String> inGroups = new ArrayList<>();
        try {
            int page = 1;
            long total;
            do {
                total = attachments(principal.type(), principal.nameIn(domain), page, attachment -> {
                    String group = attachment.get("ResourceGroupId").requireText();
                    PolicyKey policy = PolicyKey.read(attachment);
                    if (group.equals(accountId)) {
                        inAccount.add(policy);
                    } else {
                        inGroups.add("policy " + policy.name() + " holds in resource group " + group);
                    }
                });
            } while ((long) PAGE_SIZE * page++ < total);
        } catch (OpenApiException e) {
            return Optional.of(why(e, "ram:ListPolicyAttachments"));
        }
        if (!inGroups.isEmpty()) {
            return Optional.of(String.join(", ", inGroups) + "; whether the instance is in it is not known here");
        }
        // The list of another name would be empty, and look as if nothing were granted.
        return inAccount.containsAll(principal.inAccount())
                ? Optional.empty()
                : Optional.of("the attachments of " + principal.nameIn(domain) + " lack what RAM lists for it");
    }

    /** What is done with one attachment. */
    @FunctionalInterface
    private interface Each {
        void attachment(Json attachment);
    }

    private long attachments(String type, String name, int page, Each each) {
        Map<String, String> parameters = Map.of(
                "PrincipalType",
                type,
                "PrincipalName",
                name,
                "PageNumber",
                Integer.toString(page),
                "PageSize",
                Integer.toString(PAGE_SIZE));
        return caller.call(
                OpenApiCall.reading(endpoints.resourceManager(), VERSION, "ListPolicyAttachments", parameters),
                accessKey,
                answer -> {
                    answer.get("PolicyAttachments")
                            .get("PolicyAttachment")
                            .elements()
                            .forEach(each::attachment);
                    return answer.get("TotalCount").requireLong();
                });
    }

    private static String why(OpenApiException failure, String right) {
        return failure.reason() == Reason.NO_PERMISSION ? "the right " + right + " is missing" : failure.getMessage();
    }
}
