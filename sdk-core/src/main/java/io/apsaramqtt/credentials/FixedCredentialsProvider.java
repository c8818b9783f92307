package io.apsaramqtt.credentials;

/** An AccessKey given by the program itself. */
record FixedCredentialsProvider(AccessKey accessKey) implements CredentialsProvider {

    @Override
    public AccessKey resolve() {
        return accessKey;
    }
}
