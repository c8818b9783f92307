package io.apsaramqtt.openapi;

import io.apsaramqtt.permission.Principal;
import java.util.Locale;

/**
 * Whose AccessKey it is, as STS says (page "GetCallerIdentity"). Immutable.
 */
sealed interface CallerIdentity {

    /** ID of the Alibaba Cloud account. */
    String accountId();

    /** In words, for explanations. */
    Principal principal();

    /** The Alibaba Cloud account itself, which may do everything with what it owns. */
    record Account(String accountId) implements CallerIdentity {
        @Override
        public Principal principal() {
            return Principal.account(accountId);
        }
    }

    /** A RAM user. */
    record RamUser(String accountId, String name) implements CallerIdentity {
        @Override
        public Principal principal() {
            return Principal.ramUser(name);
        }
    }

    /** Whoever assumed a RAM role. */
    record RoleSession(String accountId, String role, String session) implements CallerIdentity {
        @Override
        public Principal principal() {
            return Principal.roleSession(role, session);
        }
    }

    /** Reads the answer; the pages write the types in several cases, and the ARN of a role session in three forms. */
    static CallerIdentity read(Json answer) {
        String accountId = answer.get("AccountId").requireText();
        String type = answer.get("IdentityType").requireText().toLowerCase(Locale.ROOT);
        String arn = answer.get("Arn").requireText();
        return switch (type) {
            case "account" -> new Account(accountId);
            case "ramuser" -> new RamUser(accountId, after(arn, "user/"));
            case "assumedroleuser" -> {
                String[] names = after(arn, arn.contains(":assumed-role/") ? "assumed-role/" : "role/")
                        .split("/", 2);
                yield new RoleSession(accountId, names[0], names.length > 1 ? names[1] : "");
            }
            default ->
                throw new UnexpectedAnswerException(
                        "names an identity of type [" + type + "]; known are Account, RAMUser and AssumedRoleUser");
        };
    }

    private static String after(String arn, String kind) {
        String[] fields = arn.split(":", 5);
        if (fields.length < 5 || !fields[4].startsWith(kind) || fields[4].length() == kind.length()) {
            throw new UnexpectedAnswerException("names an identity [" + arn + "] that is no " + kind + "...");
        }
        return fields[4].substring(kind.length());
    }
}
