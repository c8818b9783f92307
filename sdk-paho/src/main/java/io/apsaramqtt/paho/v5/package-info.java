/**
 * The transport for MQTT 5 over Paho's v5 client. Holds nothing but that client, and sees nothing above the seam.
 *
 * <p>Internal. Uses {@code client.transport} and below.
 */
@NullMarked
package io.apsaramqtt.paho.v5;

import org.jspecify.annotations.NullMarked;
