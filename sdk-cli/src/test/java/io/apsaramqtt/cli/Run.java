package io.apsaramqtt.cli;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** One run of the command line: what it left behind. */
record Run(int exit, String out, String err) {

    static final Instant NOW = Instant.parse("2026-11-21T16:00:00Z");

    static Run of(String... args) {
        return of(CredentialsProvider.of(AccessKey.of("YYYYY", "XXXXX")), args);
    }

    static Run of(CredentialsProvider credentials, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = ApsaraMqttCommand.commandLine(credentials, Clock.fixed(NOW, ZoneOffset.UTC))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new Run(exit, unix(out), unix(err));
    }

    private static String unix(StringWriter text) {
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
