package io.apsaramqtt.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Judges as another trust manager does, and keeps what the server sent for whoever has to explain a "no". */
final class ExplainingTrust extends X509ExtendedTrustManager {

    /** More than anyone puts into a file by hand: the subjects would be a wall of text. */
    private static final int MOST_NAMED = 20;

    private final X509ExtendedTrustManager judge;
    private final String name;

    ExplainingTrust(X509ExtendedTrustManager judge, String name) {
        this.judge = judge;
        this.name = name;
    }

    /** One of the checks of the judge. */
    @FunctionalInterface
    private interface Check {
        void run() throws CertificateException;
    }

    private void check(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            throw new ServerCertificateException(e, List.of(chain), trusted());
        }
    }

    private String trusted() {
        List<X509Certificate> anchors = List.of(judge.getAcceptedIssuers());
        return anchors.size() <= MOST_NAMED
                ? Certificates.subjects(anchors) + " of [" + name + "]"
                : anchors.size() + " certificates of [" + name + "]";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, () -> judge.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, () -> judge.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, () -> judge.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
