package io.apsaramqtt.test.cloud.action;

import io.apsaramqtt.test.cloud.account.Account;
import io.apsaramqtt.test.cloud.account.Attachment;
import io.apsaramqtt.test.cloud.account.Identity;
import io.apsaramqtt.test.cloud.account.ResourceDirectory;
import io.apsaramqtt.test.cloud.signature.VerifiedRequest;
import io.apsaramqtt.test.cloud.wire.CloudErrorException;
import io.apsaramqtt.test.cloud.wire.Parameters;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Resource Management 2020-03-31: ListPolicyAttachments, which alone tells what is attached within a resource group, and
 * GetResourceDirectory. The right to the first is one of RAM, to the second one of Resource Management (page "RAM
 * authorization").
 */
final class ResourceManagerOperations {

    static final String VERSION = "2020-03-31";
    private static final int MAX_PAGE_SIZE = 100;

    private final Account account;
    private final Authorizer authorizer;

    ResourceManagerOperations(Account account, Authorizer authorizer) {
        this.account = account;
        this.authorizer = authorizer;
    }

    Map<String, CloudOperation> byName() {
        return Map.of(
                "ListPolicyAttachments", this::listPolicyAttachments,
                "GetResourceDirectory", this::getResourceDirectory);
    }

    private Map<String, Object> getResourceDirectory(VerifiedRequest request) {
        authorizer.require(request.caller(), "resourcemanager", request.action(), account.id(), "*");
        ResourceDirectory directory = account.resourceDirectory()
                .orElseThrow(
                        () -> new CloudErrorException(
                                404,
                                "ResourceDirectoryNotInUse",
                                "The specified account is not an Alibaba Cloud account or a member account of the resource directory."));
        return Map.of(
                "ResourceDirectory",
                Map.of(
                        "ResourceDirectoryId",
                        directory.id(),
                        "MasterAccountId",
                        directory.managementAccountId(),
                        "ControlPolicyStatus",
                        directory.controlPolicies() ? "Enabled" : "Disabled"));
    }

    private record Row(Identity identity, Attachment attachment, String resourceGroupId) {}

    private Map<String, Object> listPolicyAttachments(VerifiedRequest request) {
        authorizer.requireRam(request.caller(), request.action(), account.id(), "*");
        Parameters parameters = request.parameters();
        int pageNumber = number(parameters, "PageNumber", 1, Integer.MAX_VALUE);
        int pageSize = number(parameters, "PageSize", 10, MAX_PAGE_SIZE);
        List<Row> rows = account.identities().stream()
                .flatMap(this::rows)
                .filter(row -> isAskedFor(row, parameters))
                .toList();
        List<Map<String, String>> page = rows.stream()
                .skip((pageNumber - 1L) * pageSize)
                .limit(pageSize)
                .map(ResourceManagerOperations::listed)
                .toList();
        return Map.of(
                "PageNumber",
                pageNumber,
                "PageSize",
                pageSize,
                "TotalCount",
                rows.size(),
                "PolicyAttachments",
                Map.of("PolicyAttachment", page));
    }

    /** What is attached in the whole account has the account's ID in place of a resource group's. */
    private Stream<Row> rows(Identity identity) {
        return identity.attachments().stream()
                .map(attachment -> new Row(
                        identity, attachment, attachment.resourceGroupId().orElse(account.id())));
    }

    private static boolean isAskedFor(Row row, Parameters parameters) {
        return matches(parameters, "PrincipalType", row.identity().principalType())
                && matches(parameters, "PrincipalName", row.identity().principalName())
                && matches(parameters, "ResourceGroupId", row.resourceGroupId())
                && matches(parameters, "PolicyName", row.attachment().policy().name())
                && matches(
                        parameters,
                        "PolicyType",
                        row.attachment().policy().type().wireName());
    }

    private static boolean matches(Parameters parameters, String name, String value) {
        return parameters.find(name).map(value::equals).orElse(true);
    }

    private static Map<String, String> listed(Row row) {
        return Map.of(
                "PolicyName", row.attachment().policy().name(),
                "PolicyType", row.attachment().policy().type().wireName(),
                "PrincipalType", row.identity().principalType(),
                "PrincipalName", row.identity().principalName(),
                "ResourceGroupId", row.resourceGroupId(),
                "Description", "",
                "AttachDate", WireTime.of(row.attachment().attachedAt()));
    }

    private static int number(Parameters parameters, String name, int otherwise, int max) {
        String text = parameters.find(name).orElse(Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same as a number that is out of range.
        }
        throw new CloudErrorException(
                400,
                "InvalidParameter." + name,
                "The specified " + name + " [" + text + "] is invalid; allowed is 1 to " + max + ".");
    }
}
