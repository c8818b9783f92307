package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.proxy.ProxyException;
import io.apsaramqtt.client.proxy.ProxySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** What is said with a proxy before the connection is the client's: byte by byte, and within a time limit. */
final class ProxyConversation {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ProxySettings proxy;
    private final Deadline deadline;

    ProxyConversation(Socket socket, InputStream in, OutputStream out, ProxySettings proxy, Deadline deadline) {
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.proxy = proxy;
        this.deadline = deadline;
    }

    /** A moment to be ready by. */
    record Deadline(long nanoTime, boolean isNever) {

        /** In {@code millis}, or never if that is 0: as the time-outs of sockets have it. */
        static Deadline in(int millis) {
            return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), millis == 0);
        }

        /** What is left, as a time-out of a socket; throws when nothing is. */
        int millisLeft() throws SocketTimeoutException {
            if (isNever) {
                return 0;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("The proxy did not answer in time");
            }
            return Math.toIntExact(left);
        }
    }

    ProxySettings proxy() {
        return proxy;
    }

    void say(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The next byte. */
    int hear() throws IOException {
        socket.setSoTimeout(deadline.millisLeft());
        int read = in.read();
        if (read < 0) {
            throw failure("closed the connection instead of answering. Check that it is a " + proxy.kind()
                    + " proxy, and that it lets this machine in");
        }
        return read;
    }

    ProxyException failure(String problem) {
        return new ProxyException(proxy, null, problem);
    }
}
