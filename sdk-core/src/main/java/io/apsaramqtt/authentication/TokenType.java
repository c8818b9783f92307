package io.apsaramqtt.authentication;

import io.apsaramqtt.permission.Operation;
import java.util.Set;

/**
 * What a token permits. A client has at most one token of each type (service pages "Token authentication", "ApplyToken").
 *
 * <p>Immutable.
 */
public enum TokenType {
    /** Subscribe. */
    R("R"),
    /** Publish. */
    W("W"),
    /** Both. */
    RW("R,W");

    private final String actions;

    TokenType(String actions) {
        this.actions = actions;
    }

    /** The type as passwords, uploads and notices spell it: {@code R}, {@code W} or {@code RW}. */
    public String literal() {
        return name();
    }

    /** The type as the parameter {@code Actions} of ApplyToken spells it: {@code R}, {@code W} or {@code R,W}. */
    public String actions() {
        return actions;
    }

    /** What a client may do with it. */
    public Set<Operation> operations() {
        return switch (this) {
            case R -> Set.of(Operation.SUBSCRIBE);
            case W -> Set.of(Operation.PUBLISH);
            case RW -> Set.of(Operation.SUBSCRIBE, Operation.PUBLISH);
        };
    }

    /** The type with this {@link #literal}, exactly; throws {@link IllegalArgumentException} if there is none. */
    public static TokenType of(String literal) {
        for (TokenType type : values()) {
            if (type.literal().equals(literal)) {
                return type;
            }
        }
        throw new IllegalArgumentException("Token type [" + literal
                + "] is none; it must be R, W or RW (only ApplyToken spells the last one R,W)");
    }
}
