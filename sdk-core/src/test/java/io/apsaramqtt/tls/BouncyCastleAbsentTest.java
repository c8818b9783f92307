package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.tls.TestAuthority.Issued;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The class path of a program that did not add the optional dependency. */
class BouncyCastleAbsentTest {

    private static final Issued RSA = new TestAuthority("CN=Test CA").issue("CN=device", TestAuthority.rsa());

    /** The classes of this module and its dependencies, loaded anew, without Bouncy Castle. */
    private static final class WithoutBouncyCastle extends URLClassLoader {

        WithoutBouncyCastle() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !new File(entry).getName().startsWith("bc"))
                    .map(entry -> {
                        try {
                            return new File(entry).toURI().toURL();
                        } catch (MalformedURLException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toArray(URL[]::new);
        }
    }

    /** Reads an identity; public for the class loader alone. */
    public static final class Reading implements BiFunction<String, String, String> {

        /** For the class loader. */
        public Reading() {}

        @Override
        public String apply(String certificates, String key) {
            try {
                TlsSettings.standard()
                        .withIdentity(ClientIdentity.pemText(certificates, key, "key-password".toCharArray()))
                        .context();
                return "read";
            } catch (TlsConfigurationException e) {
                return e.problem() + ": " + e.getMessage();
            }
        }
    }

    private static String read(String key) throws IOException, ReflectiveOperationException {
        try (WithoutBouncyCastle loader = new WithoutBouncyCastle()) {
            Object reading = loader.loadClass(Reading.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(reading).isNotInstanceOf(Reading.class);
            return (String) reading.getClass()
                    .getMethod("apply", String.class, String.class)
                    .invoke(reading, Pem.certificates(RSA.chain()), key);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static String key(String label) {
        return switch (label) {
            case "RSA PRIVATE KEY" -> Pem.pkcs1(RSA.keys().getPrivate());
            case "EC PRIVATE KEY" -> Pem.sec1(TestAuthority.ec().getPrivate());
            default -> Pem.encryptedPkcs8(RSA.keys().getPrivate(), "key-password");
        };
    }

    @ParameterizedTest
    @CsvSource({"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void theArtifactToAddIsNamedAndTheCommandThatDoesWithoutIt(String label)
            throws IOException, ReflectiveOperationException {
        assertThat(read(key(label)))
                .isEqualTo(
                        "BOUNCY_CASTLE_MISSING: Private key [PEM text] is of the kind " + label + ", which is read by"
                                + " Bouncy Castle, and that is not on the class path. Add the dependency"
                                + " org.bouncycastle:bcpkix-jdk18on, or convert the key to PKCS#8 by: openssl pkcs8 -topk8 -nocrypt"
                                + " -in <file> -out <file>.pk8");
    }

    @Test
    void unencryptedPkcs8AndCertificatesNeedTheJdkAlone() throws IOException, ReflectiveOperationException {
        assertThat(read(Pem.pkcs8(RSA.keys().getPrivate()))).isEqualTo("read");
    }
}
