package io.apsaramqtt.test.cloud;

import java.time.Duration;

/**
 * Something that goes wrong between the cloud and its clients: what, for which operation, and how often.
 *
 * <pre>{@code
 * cloud.fault(CloudFault.throttled().on("GetPolicy").times(2));
 * }</pre>
 *
 * <p>A request that is answered with an error changes nothing in the cloud. In all other cases the operation is carried out,
 * and its answer suffers.
 *
 * <p>Immutable.
 */
public final class CloudFault {

    private static final String ANY = "";
    private static final int ALWAYS = Integer.MAX_VALUE;

    private final Effect effect;
    private final String action;
    private final int times;

    private CloudFault(Effect effect, String action, int times) {
        this.effect = effect;
        this.action = action;
        this.times = times;
    }

    /** What a fault does. */
    sealed interface Effect {
        record Refusal(int status, String code, String message) implements Effect {}

        record Delay(Duration duration) implements Effect {}

        record Padding(int bytes) implements Effect {}

        enum Broken implements Effect {
            CUT,
            TRUNCATED,
            HANGING
        }
    }

    private static CloudFault always(Effect effect) {
        return new CloudFault(effect, ANY, ALWAYS);
    }

    /** Refused for too many requests: 429 {@code Throttling.User}. */
    public static CloudFault throttled() {
        return throttled(429);
    }

    /** Refused for too many requests, with another status: some of the cloud's gateways say 400. */
    public static CloudFault throttled(int status) {
        return error(status, "Throttling.User", "Request was denied due to user flow control.");
    }

    /** A failure of the cloud: 500 {@code InternalError}. */
    public static CloudFault internalError() {
        return error(500, "InternalError", "The request processing has failed due to some unknown error.");
    }

    /** An error with this HTTP status and code. */
    public static CloudFault error(int status, String code, String message) {
        return always(new Effect.Refusal(status, code, message));
    }

    /** An answer that comes this much later. */
    public static CloudFault delayed(Duration delay) {
        return always(new Effect.Delay(delay));
    }

    /** A connection that ends in the middle of the body. */
    public static CloudFault cut() {
        return always(Effect.Broken.CUT);
    }

    /** A whole answer of half a JSON document. */
    public static CloudFault truncated() {
        return always(Effect.Broken.TRUNCATED);
    }

    /** An answer with a member {@code Padding} of that many bytes. */
    public static CloudFault padded(int bytes) {
        return always(new Effect.Padding(bytes));
    }

    /** No answer until {@link FakeAlibabaCloud#heal()}. */
    public static CloudFault hanging() {
        return always(Effect.Broken.HANGING);
    }

    /** This fault for one operation only, such as {@code GetPolicy}; default: for all. */
    public CloudFault on(String operation) {
        return new CloudFault(effect, operation, times);
    }

    /** This fault for that many requests; default: until the cloud is healed. */
    public CloudFault times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Number of times [" + count + "] must be 1 or more");
        }
        return new CloudFault(effect, action, count);
    }

    boolean isFor(String operation) {
        return action.equals(ANY) || action.equals(operation);
    }

    Effect effect() {
        return effect;
    }

    int times() {
        return times;
    }

    /** What, where and how often. */
    @Override
    public String toString() {
        return "CloudFault[" + effect + (action.equals(ANY) ? "" : " on " + action)
                + (times == ALWAYS ? "]" : ", " + times + " times]");
    }
}
