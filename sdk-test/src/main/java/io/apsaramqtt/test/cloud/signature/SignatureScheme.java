package io.apsaramqtt.test.cloud.signature;

/**
 * How a request is signed. Immutable.
 */
public enum SignatureScheme {
    /** ACS3-HMAC-SHA256, in the header {@code Authorization}. */
    ACS3,
    /** HMAC-SHA1 of the older RPC style, in the parameter {@code Signature}. */
    RPC
}
