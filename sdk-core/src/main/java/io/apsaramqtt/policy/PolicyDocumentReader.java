package io.apsaramqtt.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads policy documents, and sets of named ones (RAM page "Policy structure and syntax"). */
final class PolicyDocumentReader {

    private PolicyDocumentReader() {}

    static Policy read(String name, String document) {
        return JsonCursor.read(name, document, cursor -> document(name, cursor));
    }

    static PolicySet readSet(String source, String document) {
        return JsonCursor.read(source, document, cursor -> documentOrSet(source, cursor));
    }

    private static PolicySet documentOrSet(String source, JsonCursor cursor) {
        DocumentMembers members = new DocumentMembers(cursor);
        List<Policy> policies = new ArrayList<>();
        boolean[] isSet = {false};
        cursor.object("a policy document", name -> {
            if ("policies".equals(name)) {
                isSet[0] = true;
                cursor.array("policies", () -> policies.add(named(cursor)));
            } else {
                members.read(name);
            }
        });
        if (!isSet[0]) {
            members.requireComplete();
            return PolicySet.of(members.policy(source));
        }
        if (members.anyRead()) {
            throw cursor.malformed("a document holds either policies, or Version and Statement; not both");
        }
        return new PolicySet(policies);
    }

    private static Policy document(String name, JsonCursor cursor) {
        DocumentMembers members = new DocumentMembers(cursor);
        cursor.object("a policy document", members::read);
        members.requireComplete();
        return members.policy(name);
    }

    private static Policy named(JsonCursor cursor) {
        NamedMembers members = new NamedMembers(cursor);
        cursor.object("a named policy", members::read);
        return members.policy();
    }

    /** The members of a policy document, in whatever order they come. */
    private static final class DocumentMembers {
        private final JsonCursor cursor;
        private final List<String> unknown = new ArrayList<>();
        private @Nullable String version;
        private @Nullable List<StatementMembers> statements;

        DocumentMembers(JsonCursor cursor) {
            this.cursor = cursor;
        }

        void read(String member) {
            switch (member) {
                case "Version" -> {
                    version = cursor.string("Version");
                    if (!"1".equals(version)) {
                        throw cursor.malformed("Version [" + version + "] does not exist; the only one is \"1\"");
                    }
                }
                case "Statement" -> statements = statements();
                default -> {
                    unknown.add(PolicyWriter.unknownOfDocument(member));
                    cursor.skip();
                }
            }
        }

        private List<StatementMembers> statements() {
            List<StatementMembers> read = new ArrayList<>();
            cursor.array("Statement", () -> {
                StatementMembers statement = new StatementMembers(cursor);
                cursor.object("a statement", statement::read);
                statement.end();
                read.add(statement);
            });
            return read;
        }

        boolean anyRead() {
            return version != null || statements != null || !unknown.isEmpty();
        }

        /** Throws, at the end of the document, if a member is missing. */
        void requireComplete() {
            if (version == null) {
                throw cursor.malformed("Version is missing; write \"Version\": \"1\"");
            }
            if (statements == null) {
                throw cursor.malformed("Statement is missing; write \"Statement\": [...]");
            }
        }

        Policy policy(String policyName) {
            return policy(policyName, "");
        }

        Policy policy(String policyName, String attachment) {
            List<Statement> built = new ArrayList<>();
            for (StatementMembers statement : Objects.requireNonNull(statements)) {
                built.add(statement.build(policyName, attachment, built.size() + 1, unknown));
            }
            return new Policy(policyName, built);
        }
    }

    /** The members of one entry of a set: a name, and a document unless it is a system policy. */
    private static final class NamedMembers {
        private final JsonCursor cursor;
        private @Nullable String name;
        private @Nullable DocumentMembers document;
        private String attachedTo = "";

        NamedMembers(JsonCursor cursor) {
            this.cursor = cursor;
        }

        void read(String member) {
            switch (member) {
                case "name" -> name = cursor.string("name");
                case "attachedTo" -> attachedTo = cursor.string("attachedTo");
                case "document" -> {
                    document = new DocumentMembers(cursor);
                    cursor.object("document", document::read);
                    document.requireComplete();
                }
                default ->
                    throw cursor.malformed("unknown member [" + member
                            + "] of a named policy; allowed are name, attachedTo and document");
            }
        }

        Policy policy() {
            if (name == null) {
                throw cursor.malformed("name is missing; each policy of a set needs one");
            }
            if (document != null) {
                return document.policy(name, attachedTo);
            }
            if (!SystemPolicies.contains(name)) {
                throw cursor.malformed("document of policy [" + name + "] is missing; only the system policies "
                        + SystemPolicies.names() + " need none");
            }
            return SystemPolicies.get(name).attachedTo(attachedTo);
        }
    }
}
