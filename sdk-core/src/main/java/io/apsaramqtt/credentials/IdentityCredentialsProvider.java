package io.apsaramqtt.credentials;

import java.util.function.Supplier;

/** The AccessKey of an identity that is described somewhere, looked up anew at each question. */
record IdentityCredentialsProvider(String source, Supplier<Identity> identity, RoleSessions sessions)
        implements CredentialsProvider {

    @Override
    public AccessKey resolve() {
        return sessions.resolve(source, identity.get());
    }

    @Override
    public String toString() {
        return "CredentialsProvider[" + source + "]";
    }
}
