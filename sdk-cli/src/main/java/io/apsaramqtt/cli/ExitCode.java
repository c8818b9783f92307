package io.apsaramqtt.cli;

/** What a command leaves behind; from 64 on the numbers are those of sysexits.h. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int UNKNOWN = 2;
    static final int USAGE = 64;
    static final int BAD_INPUT = 65;
    static final int DEFECT = 70;

    private ExitCode() {}
}
