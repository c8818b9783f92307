package io.apsaramqtt.tls;

/** A password that no string form shows. Immutable: copied on the way in and out. */
final class Password {

    private final char[] password;

    Password(char[] password) {
        this.password = password.clone();
    }

    char[] copy() {
        return password.clone();
    }

    @Override
    public String toString() {
        return "****";
    }
}
