package io.apsaramqtt.cli;

/** For whom a command writes. Immutable. */
enum OutputFormat {
    /** People. */
    TEXT,
    /** Programs. */
    JSON
}
