package io.apsaramqtt.paho.v3;

import org.eclipse.paho.client.mqttv3.TimerPingSender;

/**
 * Paho's timer for PINGREQ, which ends with its connection: Paho's receiver may start it when the connection was ended already,
 * and then its thread stays.
 */
final class PingTimer extends TimerPingSender {

    private boolean ended;

    @Override
    public synchronized void start() {
        if (!ended) {
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
