package io.apsaramqtt.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link FaultReport} of the run as a parameter. After the last test of the JVM, the table is printed, and
 * written to {@code target/fault-report.md}.
 */
public final class FaultReporting implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FaultReporting.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FaultReport.class;
    }

    @Override
    public FaultReport resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        Publication.class,
                        key -> new Publication(new FaultReport(), Path.of("target")),
                        Publication.class)
                .report();
    }

    /** Closed by JUnit at the end. */
    record Publication(FaultReport report, Path folder) implements AutoCloseable {

        static final String FILE = "fault-report.md";

        @Override
        public void close() throws IOException {
            if (!report.isEmpty()) {
                System.out.print(report.markdown());
                Files.writeString(Files.createDirectories(folder).resolve(FILE), report.markdown());
            }
        }
    }
}
