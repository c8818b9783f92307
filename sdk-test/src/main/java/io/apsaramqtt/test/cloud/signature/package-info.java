/**
 * Who signed a request: ACS3-HMAC-SHA256 (Alibaba Cloud page "V3 request structure and signature") and the older RPC
 * signature (page "Request structure and signature (RPC)"), recomputed from what is on the wire. Internal; the front door is
 * {@link io.apsaramqtt.test.cloud}.
 *
 * <p>Shares no code with the signer of the SDK, so that one can contradict the other. Uses {@code wire} and {@code account}.
 */
@NullMarked
package io.apsaramqtt.test.cloud.signature;

import org.jspecify.annotations.NullMarked;
