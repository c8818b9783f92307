package io.apsaramqtt.client.transport;

import java.io.InputStream;
import java.io.OutputStream;

/** What bytes pass through between the engine and the wire, of one connection. Each stream may be asked for several times. */
interface SocketLayer {

    /** What the engine reads, of what comes from {@code wire}. */
    InputStream in(InputStream wire);

    /** What the engine writes to, which goes to {@code wire}. */
    OutputStream out(OutputStream wire);

    /** Bytes pass as they are. */
    static SocketLayer none() {
        return new SocketLayer() {
            @Override
            public InputStream in(InputStream wire) {
                return wire;
            }

            @Override
            public OutputStream out(OutputStream wire) {
                return wire;
            }
        };
    }
}
