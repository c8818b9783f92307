package io.apsaramqtt.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apsaramqtt.tls.TestAuthority.Issued;
import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to get the files wrong, each with its own words. */
class TlsConfigurationExceptionTest {

    private static final String SECRET = "secret-of-the-store";
    private static final TestAuthority AUTHORITY = new TestAuthority("CN=Test CA");
    private static final Issued EC = AUTHORITY.issue("CN=device", TestAuthority.ec());
    private static final String CHAIN = Pem.certificates(EC.chain());

    @TempDir
    private Path folder = Path.of("");

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TlsConfigurationException failureOf(TrustAnchors trust) {
        return failureOf(TlsSettings.standard().withTrust(trust));
    }

    private static TlsConfigurationException failureOf(ClientIdentity identity) {
        return failureOf(TlsSettings.standard().withIdentity(identity));
    }

    private static TlsConfigurationException failureOf(TlsSettings settings) {
        TlsConfigurationException failure = catchThrowableOfType(TlsConfigurationException.class, settings::context);
        assertThat(failure).isNotNull();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each.getMessage()))
                    .doesNotContain(SECRET, "wrong-password", "PRIVATE KEY-----\n");
        }
        return failure;
    }

    private static void check(TlsConfigurationException failure, Problem problem, String message) {
        assertThat(failure).hasMessage(message);
        assertThat(failure.problem()).isEqualTo(problem);
        assertThat(message).contains("[" + failure.source() + "]");
    }

    // Files

    @Test
    void aFileThatIsAbsent() {
        Path absent = folder.resolve("absent");
        String words = "[" + absent + "] does not exist. Check the path; relative ones begin in the working directory";
        check(failureOf(TrustAnchors.pem(absent)), Problem.UNREADABLE, "CA certificates " + words);
        check(failureOf(TrustAnchors.store(absent, new char[0])), Problem.UNREADABLE, "Trust store " + words);
        check(failureOf(ClientIdentity.pem(write("c", CHAIN), absent)), Problem.UNREADABLE, "Private key " + words);
        check(
                failureOf(ClientIdentity.pem(
                        absent, write("k", Pem.pkcs8(EC.keys().getPrivate())))),
                Problem.UNREADABLE,
                "Client certificate " + words);
        check(failureOf(ClientIdentity.store(absent, new char[0])), Problem.UNREADABLE, "Key store " + words);
    }

    @Test
    void aFileThatIsAFolder() {
        TlsConfigurationException failure = failureOf(TrustAnchors.pem(folder));
        assertThat(failure.problem()).isEqualTo(Problem.UNREADABLE);
        assertThat(failure)
                .hasMessageStartingWith("CA certificates [" + folder + "] cannot be read: ")
                .hasMessageEndingWith(". It must be a regular file");
    }

    @Test
    void aFileThatIsNotOurs() throws IOException {
        Path file = write("ca.pem", CHAIN);
        Assumptions.assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(file, Set.of());
        Assumptions.assumeFalse(Files.isReadable(file), "root reads everything");
        check(
                failureOf(TrustAnchors.pem(file)),
                Problem.UNREADABLE,
                "CA certificates [" + file
                        + "] may not be read by this user. Check the permissions of the file and its folder");
    }

    // Certificates

    @Test
    void noCertificateInThePem() {
        String advice =
                ". A line -----BEGIN CERTIFICATE----- is expected; a DER file becomes PEM by: openssl x509 -inform"
                        + " DER -in <file> -out <file>.pem";
        check(
                failureOf(TrustAnchors.pemText("hello")),
                Problem.NO_CERTIFICATE,
                "CA certificates [PEM text] holds no certificate, no PEM at all" + advice);
        Path keyOnly = write("key.pem", Pem.pkcs8(EC.keys().getPrivate()));
        check(
                failureOf(ClientIdentity.pem(keyOnly, keyOnly)),
                Problem.NO_CERTIFICATE,
                "Client certificate [" + keyOnly + "] holds no certificate, but [PRIVATE KEY]" + advice);
    }

    @Test
    void oneOfSeveralFilesIsNamed() {
        Path good = write("good.pem", CHAIN);
        Path bad = write("bad.pem", "");
        assertThat(failureOf(TrustAnchors.pem(good, bad)).source()).isEqualTo(bad.toString());
    }

    @Test
    void aCertificateThatIsNone() {
        String first = Pem.certificates(EC.certificate());
        TlsConfigurationException failure = failureOf(
                TrustAnchors.pemText(first + "-----BEGIN CERTIFICATE-----\nAAECAwQ=\n-----END CERTIFICATE-----\n"));
        assertThat(failure.problem()).isEqualTo(Problem.MALFORMED);
        assertThat(failure)
                .hasMessageStartingWith(
                        "CA certificates [PEM text] has a certificate (number 2) that cannot be read: ");
    }

    @Test
    void aBlockThatIsNotBase64() {
        TlsConfigurationException failure =
                failureOf(TrustAnchors.pemText("-----BEGIN CERTIFICATE-----\nA*A=\n-----END CERTIFICATE-----\n"));
        assertThat(failure.problem()).isEqualTo(Problem.MALFORMED);
        assertThat(failure)
                .hasMessageStartingWith("CA certificates [PEM text] has a CERTIFICATE block that is not Base64: ");
    }

    @Test
    void aFileThatIsCutOff() {
        check(
                failureOf(TrustAnchors.pemText(CHAIN.substring(0, CHAIN.length() - 10))),
                Problem.MALFORMED,
                "CA certificates [PEM text] has a BEGIN line (CERTIFICATE) without its END line. Is the file cut off?");
        check(
                failureOf(TrustAnchors.pemText("-----BEGIN CERTIF")),
                Problem.MALFORMED,
                "CA certificates [PEM text] has a BEGIN line without its END line. Is the file cut off?");
    }

    // Private keys

    @Test
    void noPrivateKeyInThePem() {
        check(
                failureOf(ClientIdentity.pemText(CHAIN, CHAIN)),
                Problem.NO_PRIVATE_KEY,
                "Private key [PEM text] holds no private key, but [CERTIFICATE, CERTIFICATE]. A line such as -----BEGIN"
                        + " PRIVATE KEY----- is expected; a DER file becomes PEM by: openssl pkey -inform DER -in <file>"
                        + " -out <file>.pem");
    }

    @Test
    void aPrivateKeyOfAnUnknownKind() {
        check(
                failureOf(ClientIdentity.pemText(
                        CHAIN, "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")),
                Problem.MALFORMED,
                "Private key [PEM text] is of the kind OPENSSH PRIVATE KEY; allowed are PRIVATE KEY, ENCRYPTED PRIVATE KEY,"
                        + " RSA PRIVATE KEY and EC PRIVATE KEY");
    }

    @Test
    void aPrivateKeyThatIsNone() {
        check(
                failureOf(ClientIdentity.pemText(
                        CHAIN, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")),
                Problem.MALFORMED,
                "Private key [PEM text] cannot be read as PRIVATE KEY; allowed are RSA keys, EC keys on P-256, P-384 or"
                        + " P-521, Ed25519 and Ed448");
        for (String kind : new String[] {"RSA", "EC", "ENCRYPTED"}) {
            String label = kind + " PRIVATE KEY";
            TlsConfigurationException failure = failureOf(ClientIdentity.pemText(
                    CHAIN, "-----BEGIN " + label + "-----\nMAMCAQA=\n-----END " + label + "-----\n"));
            assertThat(failure.problem()).as(kind).isEqualTo(Problem.MALFORMED);
            assertThat(failure).hasMessageStartingWith("Private key [PEM text] cannot be read as " + label);
        }
    }

    @Test
    void anEncryptedKeyWithoutPassword() {
        String words = "Private key [PEM text] is encrypted. Give its password to ClientIdentity";
        check(
                failureOf(ClientIdentity.pemText(
                        CHAIN, Pem.encryptedPkcs8(EC.keys().getPrivate(), SECRET))),
                Problem.PASSWORD_MISSING,
                words);
        check(
                failureOf(ClientIdentity.pemText(
                        CHAIN, Pem.encryptedPkcs1(TestAuthority.rsa().getPrivate(), SECRET))),
                Problem.PASSWORD_MISSING,
                words);
    }

    @Test
    void anEncryptedKeyWithAWrongPassword() {
        String words =
                "Private key [PEM text] is not opened by the password. Check the password by: openssl pkey -noout -in"
                        + " <file>";
        char[] wrong = "wrong-password".toCharArray();
        check(
                failureOf(ClientIdentity.pemText(
                        CHAIN, Pem.encryptedPkcs8(EC.keys().getPrivate(), SECRET), wrong)),
                Problem.WRONG_PASSWORD,
                words);
        check(
                failureOf(ClientIdentity.pemText(
                        CHAIN, Pem.encryptedPkcs1(TestAuthority.rsa().getPrivate(), SECRET), wrong)),
                Problem.WRONG_PASSWORD,
                words);
    }

    @Test
    void aKeyOfAnotherCertificate() {
        String words =
                "Client certificate [PEM text] [CN=device] does not belong to the private key. Check which two files"
                        + " were issued together";
        check(
                failureOf(ClientIdentity.pemText(
                        CHAIN, Pem.pkcs8(TestAuthority.ec().getPrivate()))),
                Problem.KEY_MISMATCH,
                words);
        check(
                failureOf(ClientIdentity.pemText(
                        CHAIN, Pem.pkcs8(TestAuthority.rsa().getPrivate()))),
                Problem.KEY_MISMATCH,
                words);
        Issued rsa = AUTHORITY.issue("CN=device", TestAuthority.generate("RSA"));
        check(
                failureOf(ClientIdentity.pemText(
                        Pem.certificates(rsa.chain()),
                        Pem.pkcs8(TestAuthority.rsa().getPrivate()))),
                Problem.KEY_MISMATCH,
                words);
    }

    @Test
    void aChainThatBeginsWithTheAuthority() {
        check(
                failureOf(ClientIdentity.pemText(
                        Pem.certificates(AUTHORITY.certificate(), EC.certificate()),
                        Pem.pkcs8(EC.keys().getPrivate()))),
                Problem.KEY_MISMATCH,
                "Client certificate [PEM text] [CN=Test CA] is not that of the private key, but a later one in the file is."
                        + " Put that one first");
    }

    // Stores

    @Test
    void aStoreWithAWrongPassword() {
        for (String type : new String[] {"PKCS12", "JKS"}) {
            Path keys = Stores.keys(folder.resolve("keys"), type, SECRET, SECRET, EC);
            Path trust = Stores.trust(folder.resolve("trust"), type, SECRET, AUTHORITY.certificate());
            String words = " is not opened by the password. Check the password by: keytool -list -keystore <file>";
            check(
                    failureOf(ClientIdentity.store(keys, "wrong-password".toCharArray())),
                    Problem.WRONG_PASSWORD,
                    "Key store [" + keys + "]" + words);
            check(
                    failureOf(TrustAnchors.store(trust, "wrong-password".toCharArray())),
                    Problem.WRONG_PASSWORD,
                    "Trust store [" + trust + "]" + words);
        }
    }

    @Test
    void aKeyWithAPasswordOfItsOwn() {
        Path keys = Stores.keys(folder.resolve("keys"), "JKS", "of-the-store", SECRET, EC);
        check(
                failureOf(ClientIdentity.store(keys, "of-the-store".toCharArray())),
                Problem.WRONG_PASSWORD,
                "Key store [" + keys
                        + "] is opened by the password, but its private key is not. Give the password of the"
                        + " key, too");
    }

    @Test
    void aStoreWithoutAPrivateKey() {
        Path trust = Stores.trust(folder.resolve("trust"), "PKCS12", SECRET, AUTHORITY.certificate());
        check(
                failureOf(ClientIdentity.store(trust, SECRET.toCharArray())),
                Problem.NO_KEY_ENTRY,
                "Key store [" + trust
                        + "] holds no private key. If it holds certificates alone, it is a trust store: see"
                        + " TrustAnchors.store");
    }

    @Test
    void aStoreWithSeveralPrivateKeys() {
        Path keys = Stores.keys(folder.resolve("keys"), "PKCS12", SECRET, SECRET, EC, EC);
        check(
                failureOf(ClientIdentity.store(keys, SECRET.toCharArray())),
                Problem.NO_KEY_ENTRY,
                "Key store [" + keys + "] holds several private keys: name one of the aliases [key-0, key-1]");
        check(
                failureOf(ClientIdentity.store(keys, SECRET.toCharArray(), "other", SECRET.toCharArray())),
                Problem.NO_KEY_ENTRY,
                "Key store [" + keys + "] has no private key under the alias [other]; there are [key-0, key-1]");
    }

    @Test
    void aTrustStoreWithoutTrustedCertificate() {
        Path keys = Stores.keys(folder.resolve("keys"), "PKCS12", SECRET, SECRET, EC);
        check(
                failureOf(TrustAnchors.store(keys, SECRET.toCharArray())),
                Problem.NO_CERTIFICATE,
                "Trust store [" + keys
                        + "] holds no trusted certificate. Put one in by: keytool -importcert -keystore <file>"
                        + " -file ca.pem; what openssl pkcs12 writes does not count as trusted in Java");
    }

    @Test
    void aFileThatIsNoStore() throws CertificateEncodingException, IOException {
        Path pem = write("ca.pem", CHAIN);
        check(
                failureOf(TrustAnchors.store(pem, SECRET.toCharArray())),
                Problem.MALFORMED,
                "Trust store [" + pem + "] is neither PKCS#12 nor JKS. PEM files are read by TrustAnchors.pem and"
                        + " ClientIdentity.pem");
        Path empty = write("empty", "");
        assertThat(failureOf(TrustAnchors.store(empty, new char[0]))).hasMessageContaining("neither PKCS#12 nor JKS");
        Path der = Files.write(folder.resolve("ca.der"), EC.certificate().getEncoded());
        assertThat(failureOf(TrustAnchors.store(der, SECRET.toCharArray())))
                .hasMessageStartingWith("Trust store [" + der + "] cannot be read: ")
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED));
    }

    @Test
    void aStoreThatIsCutOff() throws IOException {
        for (String type : new String[] {"PKCS12", "JKS"}) {
            Path whole = Stores.keys(folder.resolve("keys"), type, SECRET, SECRET, EC);
            byte[] bytes = Files.readAllBytes(whole);
            Path part = Files.write(folder.resolve("part"), Arrays.copyOf(bytes, bytes.length / 2));
            assertThat(failureOf(ClientIdentity.store(part, SECRET.toCharArray()))
                            .problem())
                    .isEqualTo(Problem.MALFORMED);
        }
    }

    // Secrets

    @Test
    void noStringFormHoldsASecret() {
        char[] password = SECRET.toCharArray();
        Path file = folder.resolve("f");
        String key = Pem.encryptedPkcs8(EC.keys().getPrivate(), SECRET);
        for (ClientIdentity identity : new ClientIdentity[] {
            ClientIdentity.pem(file, file, password),
            ClientIdentity.pemText(CHAIN, key, password),
            ClientIdentity.store(file, password),
            ClientIdentity.store(file, password, "alias", password)
        }) {
            assertThat(identity.toString()).isIn("PEM text", file.toString());
            assertThat(TlsSettings.standard().withIdentity(identity).toString()).doesNotContain(SECRET, "MII");
        }
        assertThat(TrustAnchors.store(file, password)).hasToString(file.toString());
        assertThat(new Password(password)).hasToString("****");
        assertThat(new StoredKey(file, new Password(password), null, new Password(password)).toString())
                .doesNotContain(SECRET);
        assertThat(PemSource.text(key).blocks("")).hasToString("[ENCRYPTED PRIVATE KEY]");
        assertThat(PemSource.text(key)).hasToString("PEM text");
    }
}
