package io.apsaramqtt.credentials;

/** The way to {@code com.aliyun:credentials-java}, which opens role sessions and may be absent. */
final class OptionalLibrary {

    static final String ARTIFACT = "com.aliyun:credentials-java";
    static final String VERSION = "1.0.3";

    private OptionalLibrary() {}

    /** A temporary AccessKey of {@code identity}. Blocks on the network. */
    static AccessKey open(String source, Identity identity) {
        try {
            return AliyunCredentials.open(source, identity);
        } catch (NoClassDefFoundError e) {
            throw CredentialsException.of(
                    source,
                    identity + " is asked through " + ARTIFACT + ", which is not on the class path; add " + ARTIFACT
                            + ":" + VERSION + " to the program, or name a permanent AccessKey");
        } catch (LinkageError e) {
            throw CredentialsException.of(
                    source,
                    identity + " is asked through " + ARTIFACT
                            + ", and the one on the class path is too different from " + VERSION + " ("
                            + e.getClass().getSimpleName() + "); use that version");
        }
    }
}
