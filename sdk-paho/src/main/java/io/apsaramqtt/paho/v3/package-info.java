/**
 * The transport for MQTT 3.1.1 over Paho's v3 client. Holds nothing but that client, and sees nothing above the seam.
 *
 * <p>Internal. Uses {@code client.transport} and below.
 */
@NullMarked
package io.apsaramqtt.paho.v3;

import org.jspecify.annotations.NullMarked;
