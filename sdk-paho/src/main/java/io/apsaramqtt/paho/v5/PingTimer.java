package io.apsaramqtt.paho.v5;

import org.eclipse.paho.mqttv5.client.TimerPingSender;

/**
 * Paho's timer for PINGREQ, which ends with its connection: Paho's receiver may start it when the connection was ended already,
 * and then its thread stays.
 */
final class PingTimer extends TimerPingSender {

    private boolean ended;

    PingTimer() {
        super(null);
    }

    @Override
    public synchronized void start() {
        if (!ended) {
            super.start();
        }
    }

    /** Begins anew, as the keep-alive has changed. */
    synchronized void restart() {
        if (!ended) {
            super.stop();
            super.start();
        }
    }

    @Override
    public synchronized void schedule(long delayMillis) {
        if (!ended) {
            super.schedule(delayMillis);
        }
    }

    @Override
    public synchronized void stop() {
        ended = true;
        super.stop();
    }
}
